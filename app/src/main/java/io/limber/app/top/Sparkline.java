package io.limber.app.top;

import java.util.Arrays;

/** A curve in one line of text, scaled from its lowest to its highest value. */
final class Sparkline {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String PLAIN = "_.-:=+*#"; // for terminals that know ASCII alone

  private Sparkline() {}

  /**
   * @param values finite
   * @param unicode whether block elements can be shown
   */
  static String of(double[] values, boolean unicode) {
    String levels = unicode ? BLOCKS : PLAIN;
    double lowest = Arrays.stream(values).min().orElse(0);
    double range = Arrays.stream(values).max().orElse(0) - lowest;
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      double height = range == 0 ? 0 : (value - lowest) / range;
      line.append(levels.charAt((int) Math.min(levels.length() - 1, height * levels.length())));
    }
    return line.toString();
  }
}
