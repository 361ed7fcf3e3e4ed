package io.limber.app.console;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
public final class Durations {

  private Durations() {}

  /** Rounded down to seconds, for instance {@code 42s}, {@code 2m 05s} or {@code 3h 00m}. */
  public static String text(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
  }
}
