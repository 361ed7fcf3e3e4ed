package io.limber.app.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Colours, lines and markers of groups. Colours are those of Okabe and Ito (2008), which
 * colour-blind people tell apart; yellow comes last, being faint on paper. Lines and markers differ
 * as well, so that figures survive a black-and-white printer.
 */
final class Palette {

  private static final List<String> COLOURS =
      List.of(
          "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00", "#F0E442");
  private static final List<String> LINES =
      List.of("solid", "dashed", "dotted", "dotdash", "longdash", "twodash");
  // Lets-Plot's numbers: circle, triangle, square, diamond, cross, plus, hollow circle and triangle
  private static final List<Object> MARKERS = List.of(16, 17, 15, 18, 4, 3, 1, 2);

  private Palette() {}

  static List<Object> colours(int groups) {
    return repeated(COLOURS, groups);
  }

  static List<Object> lines(int groups) {
    return repeated(LINES, groups);
  }

  static List<Object> markers(int groups) {
    return repeated(MARKERS, groups);
  }

  private static List<Object> repeated(List<?> values, int groups) {
    List<Object> repeated = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      repeated.add(values.get(i % values.size()));
    }
    return repeated;
  }
}
