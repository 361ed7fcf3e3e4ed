package io.limber.app.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The numbers of one figure, a row per mark. Panels, groups and categories appear in the figure in
 * the order of their first row.
 *
 * @param rows in the order of drawing, at least one
 */
public record FigureTable(List<Row> rows) {

  /**
   * One mark. NaN stands for a number that the mark lacks.
   *
   * @param panel heading of the small multiple it belongs to; empty if there is one only
   * @param group what its colour, line and marker stand for; empty if there is one only
   * @param category of a bar; else empty
   * @param x position, in the unit of the figure's x axis
   * @param y position or height, in the unit of the y axis
   * @param low lower end of its band or error bar, in the unit of the y axis
   * @param high upper end
   * @param value of a cell, in the unit of the colour scale
   */
  public record Row(
      String panel,
      String group,
      String category,
      double x,
      double y,
      double low,
      double high,
      double value) {

    public Row {
      if (Stream.of(x, y, low, high, value).anyMatch(number -> Double.isInfinite(number))) {
        throw new IllegalArgumentException(
            "an infinite number cannot be drawn: panel '%s', group '%s', x %s, y %s"
                .formatted(panel, group, x, y));
      }
    }

    /** A point of a line or a scatter. */
    public static Row point(String panel, String group, double x, double y) {
      return new Row(panel, group, "", x, y, Double.NaN, Double.NaN, Double.NaN);
    }

    /** A point with a band or an error bar. */
    public static Row point(
        String panel, String group, double x, double y, double low, double high) {
      return new Row(panel, group, "", x, y, low, high, Double.NaN);
    }

    /** A bar; ends are NaN without an error bar. */
    public static Row bar(
        String panel, String group, String category, double y, double low, double high) {
      return new Row(panel, group, category, Double.NaN, y, low, high, Double.NaN);
    }

    /** A cell of a heat map. */
    public static Row cell(String panel, double x, double y, double value) {
      return new Row(panel, "", "", x, y, Double.NaN, Double.NaN, value);
    }
  }

  public FigureTable {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a figure needs at least one row");
    }
  }

  List<String> panels() {
    return distinct(Row::panel);
  }

  List<String> groups() {
    return distinct(Row::group);
  }

  List<String> categories() {
    return distinct(Row::category);
  }

  private List<String> distinct(Function<Row, String> column) {
    return new ArrayList<>(rows.stream().map(column).distinct().toList());
  }
}
