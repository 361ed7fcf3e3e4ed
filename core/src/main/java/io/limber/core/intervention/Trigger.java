package io.limber.core.intervention;

import io.limber.core.config.Section;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.MetricGroup;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When an intervention fires. Immutable; {@link Watch} follows a run. */
public sealed interface Trigger {

  /** Not at all. */
  record Never() implements Trigger {}

  /** Right after each synchronisation of the target network. */
  record TargetUpdate() implements Trigger {}

  /**
   * Each time that so many learner updates are done.
   *
   * @param period learner updates, a multiple of {@code updates-per-call}
   */
  record Every(long period) implements Trigger {}

  /**
   * When so many learner updates are done.
   *
   * @param step learner updates, a multiple of {@code updates-per-call}
   */
  record Once(long step) implements Trigger {}

  /**
   * When a probe's measurement passes a threshold that the one before it, if there is one, had not
   * passed. The learner hears of a measurement when it is ready: in lockstep at the step of its
   * snapshot, else some updates later.
   *
   * @param metric of a probe
   * @param above whether it is passed from below
   * @param threshold in the metric's unit
   */
  record Crossing(Metric metric, boolean above, double threshold) implements Trigger {

    boolean isPassedBy(double value) {
      return above ? value > threshold : value < threshold;
    }
  }

  /** Groups whose metrics probes measure. */
  Set<MetricGroup> MEASURED =
      EnumSet.of(
          MetricGroup.PLASTICITY,
          MetricGroup.HESSIAN,
          MetricGroup.GRADIENT_COVARIANCE,
          MetricGroup.LANDSCAPE,
          MetricGroup.STATISTICS);

  /**
   * Reads {@code when}.
   *
   * @param section of one intervention
   * @param updatesPerCall of the learner, which stands still between calls only
   */
  static Trigger from(Section section, int updatesPerCall) {
    String key = "when";
    String text = section.string(key).trim();
    if (text.equals("never")) {
      return new Never();
    }
    if (text.equals("target-update")) {
      return new TargetUpdate();
    }
    Matcher timed = Grammar.TIMED.matcher(text);
    if (timed.matches()) {
      long step = Long.parseLong(timed.group(2));
      section.require(
          step >= 1 && step % updatesPerCall == 0,
          key,
          text,
          "name a positive multiple of limber.learner.updates-per-call = "
              + updatesPerCall
              + ", or the learner would pass that step inside a call");
      return timed.group(1).equals("every") ? new Every(step) : new Once(step);
    }
    Optional<Crossing> crossing = Grammar.crossing(text);
    section.require(
        crossing.isPresent(),
        key,
        text,
        "be never, target-update, every N, once N, or METRIC > X or METRIC < X with a metric of a"
            + " probe, for instance statistics/dead-fraction > 0.3");
    return crossing.get();
  }

  /** Whether it can ever fire. */
  default boolean isOn() {
    return !(this instanceof Never);
  }

  /** As it is written in the config. */
  default String text() {
    if (this instanceof Every every) {
      return "every " + every.period();
    }
    if (this instanceof Once once) {
      return "once " + once.step();
    }
    if (this instanceof Crossing crossing) {
      return crossing.metric().id() + (crossing.above() ? " > " : " < ") + crossing.threshold();
    }
    return this instanceof TargetUpdate ? "target-update" : "never";
  }

  /** How triggers are written. */
  final class Grammar {

    // 15 digits fit in a long and in a double
    private static final Pattern TIMED = Pattern.compile("(every|once) +([0-9]{1,15})");
    private static final Pattern CROSSING =
        Pattern.compile("([a-z/-]+) *([<>]) *([-+]?[0-9.]+([eE][-+]?[0-9]+)?)");

    private Grammar() {}

    private static Optional<Crossing> crossing(String text) {
      Matcher matcher = CROSSING.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      try {
        double threshold = Double.parseDouble(matcher.group(3));
        boolean above = matcher.group(2).equals(">");
        return Metric.ofId(matcher.group(1))
            .filter(metric -> MEASURED.contains(metric.group()))
            .map(metric -> new Crossing(metric, above, threshold));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
