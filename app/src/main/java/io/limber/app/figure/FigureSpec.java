package io.limber.app.figure;

import java.util.regex.Pattern;

/**
 * What to draw of a {@link FigureTable}.
 *
 * @param name of the files, lower case with dashes
 * @param title above the figure
 * @param kind how rows are drawn
 * @param x horizontal axis; of bars, what the categories are
 * @param y vertical axis
 * @param value colour scale of a heat map; else not drawn
 * @param columns small multiples side by side, at least 1; all have the same axes, so that they
 *     compare; a table with one panel is drawn without a heading
 * @param caption below the figure: n, seeds, what bands and bars mean; wrapped here
 */
public record FigureSpec(
    String name,
    String title,
    FigureKind kind,
    Axis x,
    Axis y,
    Axis value,
    int columns,
    String caption) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");
  private static final Axis NO_SCALE = Axis.linear("value", "");

  public FigureSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the figure's name '" + name + "' must be of a-z, 0-9, dots and dashes");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns = " + columns + " must be at least 1");
    }
  }

  /** Lines, points or bars. */
  public static FigureSpec of(
      String name, String title, FigureKind kind, Axis x, Axis y, String caption) {
    return new FigureSpec(name, title, kind, x, y, NO_SCALE, 2, caption);
  }

  /** A heat map of {@code value}. */
  public static FigureSpec heatMap(
      String name, String title, FigureKind kind, Axis x, Axis y, Axis value, String caption) {
    return new FigureSpec(name, title, kind, x, y, value, 2, caption);
  }

  /** The same with so many small multiples side by side. */
  public FigureSpec withColumns(int columns) {
    return new FigureSpec(name, title, kind, x, y, value, columns, caption);
  }
}
