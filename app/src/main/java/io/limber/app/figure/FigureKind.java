package io.limber.app.figure;

/** How a figure's rows are drawn. */
public enum FigureKind {

  /** y over x, a line per group; a band where rows have {@code low} and {@code high}. */
  LINES,

  /** A point per row, coloured and shaped by group; error bars where rows have ends. */
  SCATTER,

  /** A bar of height y per category, side by side by group; error bars where rows have ends. */
  BARS,

  /** A cell per row at (x, y), its {@code value} as a colour of an even scale (viridis). */
  HEAT_MAP,

  /** As {@link #HEAT_MAP}, blue below zero, white at zero, orange above, symmetric around zero. */
  DIVERGING_HEAT_MAP;

  boolean isHeatMap() {
    return this == HEAT_MAP || this == DIVERGING_HEAT_MAP;
  }
}
