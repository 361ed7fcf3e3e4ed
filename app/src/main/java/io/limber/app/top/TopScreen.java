package io.limber.app.top;

import io.limber.app.console.Durations;
import io.limber.app.console.Sizes;
import io.limber.app.history.RunStatus;
import io.limber.core.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * What a person sees of a run: curves, rates, queues, probes, alerts.
 *
 * @param name of the run
 * @param total updates after which it ends
 * @param columns width of the terminal
 * @param unicode whether it shows block elements
 */
record TopScreen(String name, long total, int columns, boolean unicode) {

  private static final String FIELDS = "  ";
  private static final Duration STALE = Duration.ofSeconds(15);

  /** Past it a curve says no more. */
  private static final int MOST_CURVE_COLUMNS = 60;

  /** The whole screen, one line each, none longer than the terminal is wide. */
  List<String> lines(RunState state, AlertLines alerts, RunStatus status, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(name + "  " + text(status) + stale(state, status, now));
    lines.add(field("updates") + progress(state, status));
    addCurve(lines, state, "reward", Metric.ENVIRONMENT_MEAN_REWARD);
    addCurve(lines, state, "loss", Metric.LEARNER_LOSS);
    addCurve(lines, state, "plasticity", Metric.PLASTICITY);
    add(lines, "rates", rates(state));
    add(lines, "replay", replay(state));
    addProbes(lines, state);
    add(lines, "queues", queues(state));
    add(lines, "machine", machine(state));
    add(lines, "alerts", alerts.firing().isEmpty() ? "none" : alerts.firing().size() + " firing");
    alerts.firing().forEach(alert -> lines.add("  ! " + alert));
    return lines.stream().map(this::cut).toList();
  }

  /** The same in one line, for files and pipes. */
  String line(RunState state, AlertLines alerts, RunStatus status, Instant now) {
    StringJoiner line = new StringJoiner(FIELDS);
    line.add(text(status) + stale(state, status, now)).add(progress(state, status));
    add(line, "reward %.3f", state.mean(Metric.ENVIRONMENT_MEAN_REWARD));
    add(line, "loss %.4g", state.mean(Metric.LEARNER_LOSS));
    add(line, "plasticity %.3f", state.mean(Metric.PLASTICITY));
    if (!rates(state).isEmpty()) {
      line.add(rates(state));
    }
    line.add(alerts.firing().size() + " alerts");
    return line.toString();
  }

  private String progress(RunState state, RunStatus status) {
    String text =
        String.format(
            Locale.ROOT,
            "%,d of %,d (%d%%), %s",
            state.step(),
            total,
            total == 0 ? 100 : 100 * state.step() / total,
            Durations.text(state.elapsed()));
    double rate = state.mean(Metric.LEARNER_UPDATES_PER_SECOND).orElse(0);
    return rate > 0 && state.step() < total && !status.isOver()
        ? text
            + ", "
            + Durations.text(Duration.ofSeconds((long) ((total - state.step()) / rate)))
            + " left"
        : text;
  }

  /** How it ended, or how it goes on. */
  private static String text(RunStatus status) {
    return switch (status.state()) {
      case ENDED, FAILED -> status.detail();
      case GONE -> "gone, " + status.detail() + " (limber resume goes on)";
      default -> "running";
    };
  }

  private String stale(RunState state, RunStatus status, Instant now) {
    Duration silence =
        state.lastTime().map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
    return !status.isOver() && silence.compareTo(STALE) > 0
        ? ", no report for " + Durations.text(silence)
        : "";
  }

  private void addCurve(List<String> lines, RunState state, String label, Metric metric) {
    if (state.mean(metric).isEmpty()) {
      return;
    }
    String value = String.format(Locale.ROOT, "%-9.4g ", state.mean(metric).getAsDouble());
    int width = Math.min(MOST_CURVE_COLUMNS, columns - field(label).length() - value.length());
    double[] points = state.curve(metric).resampled(Math.max(1, width));
    lines.add(field(label) + value + Sparkline.of(points, unicode));
  }

  private static String rates(RunState state) {
    StringJoiner line = new StringJoiner(FIELDS);
    add(line, "%,.0f updates/s", state.mean(Metric.LEARNER_UPDATES_PER_SECOND));
    add(line, "%,.0f env steps/s", state.sum(Metric.ENVIRONMENT_STEPS_PER_SECOND));
    add(line, "policy age %,.0f", state.mean(Metric.ENVIRONMENT_POLICY_AGE));
    return line.toString();
  }

  private static String replay(RunState state) {
    StringJoiner line = new StringJoiner(FIELDS);
    add(line, "%,.0f transitions", state.sum(Metric.REPLAY_SIZE));
    add(line, "limiter %+,.0f", state.mean(Metric.REPLAY_LIMITER_DIFFERENCE));
    add(line, "learner waited %,.1f s", state.mean(Metric.REPLAY_SAMPLE_BLOCKED));
    add(line, "inserters %,.1f s", state.mean(Metric.REPLAY_INSERT_BLOCKED));
    return line.toString();
  }

  private static void addProbes(List<String> lines, RunState state) {
    SortedSet<String> sources = new TreeSet<>(state.bySource(Metric.PROBE_COMPLETED).keySet());
    sources.addAll(state.bySource(Metric.PROBE_LAG).keySet());
    for (String source : sources) {
      StringJoiner line = new StringJoiner(FIELDS);
      add(line, "%.0f done", of(state, Metric.PROBE_COMPLETED, source));
      add(line, "%.0f skipped", of(state, Metric.PROBE_SKIPPED, source));
      add(line, "%.0f failed", of(state, Metric.PROBE_FAILED, source));
      add(line, "lag %,.0f", of(state, Metric.PROBE_LAG, source));
      add(line, "took %.1f s", of(state, Metric.PROBE_DURATION, source));
      add(lines, source, line.toString());
    }
  }

  private static String queues(RunState state) {
    StringJoiner line = new StringJoiner(FIELDS);
    state
        .bySource(Metric.QUEUE_DEPTH)
        .forEach(
            (source, depth) -> {
              double lost =
                  of(state, Metric.QUEUE_DROPPED, source).orElse(0)
                      + of(state, Metric.QUEUE_FAILURES, source).orElse(0);
              if (depth > 0 || lost > 0) {
                line.add(String.format(Locale.ROOT, "%s %.0f (%.0f lost)", source, depth, lost));
              }
            });
    return line.length() == 0 ? "empty, nothing lost" : line.toString();
  }

  private static String machine(RunState state) {
    StringJoiner line = new StringJoiner(FIELDS);
    add(line, "%.1f cores", state.mean(Metric.PROCESS_CPU));
    state
        .mean(Metric.PROCESS_RESIDENT_MEMORY)
        .ifPresent(bytes -> line.add("memory " + Sizes.text((long) bytes)));
    state
        .mean(Metric.PROCESS_DISK_FREE)
        .ifPresent(bytes -> line.add("disk free " + Sizes.text((long) bytes)));
    return line.toString();
  }

  private static OptionalDouble of(RunState state, Metric metric, String source) {
    Double value = state.bySource(metric).get(source);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static void add(StringJoiner line, String format, OptionalDouble value) {
    if (value.isPresent()) {
      line.add(String.format(Locale.ROOT, format, value.getAsDouble()));
    }
  }

  /** Leaves out what was not reported yet. */
  private static void add(List<String> lines, String label, String text) {
    if (!text.isEmpty()) {
      lines.add(field(label) + text);
    }
  }

  private static String field(String label) {
    return String.format(Locale.ROOT, "%-12s ", label);
  }

  private String cut(String line) {
    return line.length() < columns ? line : line.substring(0, columns - 1);
  }
}
