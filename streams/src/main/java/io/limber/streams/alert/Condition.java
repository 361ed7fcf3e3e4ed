package io.limber.streams.alert;

import java.time.Duration;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rule asks of a metric, as text that people write:
 *
 * <ul>
 *   <li>{@code > 0.5}, {@code >= 0.5}, {@code < 0.5}, {@code <= 0.5}: the newest value;
 *   <li>{@code not-finite}: the newest value is NaN or infinite;
 *   <li>{@code missing}: no value came for as long as the rule's {@code for} says, after a first;
 *   <li>{@code change < -0.2 over 50000}: a straight line through the values of the last 50,000
 *       learner steps falls by more than 0.2 over that many steps;
 *   <li>{@code relative-change < -30% over 50000}: the same as a share of the line's beginning;
 *   <li>{@code rate > 0.9 over 60s}: what is counted so far grows by more than 0.9 per second, over
 *       a minute of wall-clock time.
 * </ul>
 *
 * @param text as it was written
 * @param trackers makes what judges one source
 * @param onSilence whether it holds from each value on until the next one comes
 */
record Condition(String text, Supplier<Tracker> trackers, boolean onSilence) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(change|relative-change|rate)\\s+)?([<>]=?)\\s*([-+.0-9eE]+)(%)?(?:\\s+over\\s+(\\d+)(s|m|h)?)?");

  /**
   * Reads one of the forms above.
   *
   * @throws IllegalArgumentException with the forms there are
   */
  static Condition parse(String text) {
    String trimmed = text.strip();
    if (trimmed.equals("not-finite")) {
      return new Condition(text, () -> (step, time, value) -> !Double.isFinite(value), false);
    }
    if (trimmed.equals("missing")) {
      return new Condition(text, () -> (step, time, value) -> true, true);
    }
    Matcher form = FORM.matcher(trimmed);
    if (!form.matches()) {
      throw unreadable();
    }
    return new Condition(text, trackers(form), false);
  }

  private static Supplier<Tracker> trackers(Matcher form) {
    String kind = form.group(1) == null ? "value" : form.group(1);
    boolean percent = form.group(4) != null;
    boolean window = form.group(5) != null;
    boolean clock = form.group(6) != null;
    if (window == kind.equals("value")
        || clock != kind.equals("rate")
        || (percent && !kind.equals("relative-change"))) {
      throw unreadable();
    }
    DoublePredicate comparison =
        comparison(form.group(2), number(form.group(3)) * (percent ? 0.01 : 1));
    return switch (kind) {
      case "value" -> () -> (step, time, value) -> comparison.test(value);
      case "rate" -> {
        Duration length = Duration.ofSeconds(whole(form.group(5)) * seconds(form.group(6)));
        yield () -> new RateTracker(comparison, length);
      }
      default -> {
        long steps = whole(form.group(5));
        yield () -> new TrendTracker(comparison, steps, kind.equals("relative-change"));
      }
    };
  }

  private static DoublePredicate comparison(String operator, double bound) {
    return switch (operator) {
      case "<" -> value -> value < bound;
      case "<=" -> value -> value <= bound;
      case ">" -> value -> value > bound;
      default -> value -> value >= bound;
    };
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw unreadable();
    }
  }

  /** Positive, and small enough to count seconds of it in hours. */
  private static long whole(String text) {
    if (text.length() > 12 || Long.parseLong(text) == 0) {
      throw unreadable();
    }
    return Long.parseLong(text);
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "s" -> 1;
      case "m" -> 60;
      default -> 3600;
    };
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "be like \"> 0.5\", \"not-finite\", \"missing\", \"change < -0.2 over 50000\" (steps),"
            + " \"relative-change < -30% over 50000\" or \"rate > 0.9 over 60s\"");
  }
}
