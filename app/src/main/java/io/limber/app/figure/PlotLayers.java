package io.limber.app.figure;

import static io.limber.app.figure.PlotSpec.list;
import static io.limber.app.figure.PlotSpec.map;

import io.limber.app.figure.FigureTable.Row;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The layers of a figure, lowest first. */
final class PlotLayers {

  /** Beyond it markers would hide the line. */
  private static final int MARKED_POINTS = 15;

  /** Beyond it a heat map is drawn as one picture: a rectangle per cell would take megabytes. */
  private static final int DRAWN_CELLS = 4_096;

  private static final double BAR_WIDTH = 0.8; // of the distance between categories

  private final FigureKind kind;

  PlotLayers(FigureKind kind) {
    this.kind = kind;
  }

  /**
   * @param columns turns rows into a layer's own data
   */
  List<Object> of(FigureTable table, Function<List<Row>, Map<String, Object>> columns) {
    List<Row> spread =
        table.rows().stream().filter(row -> !Double.isNaN(row.low() + row.high())).toList();
    boolean isSpread = !spread.isEmpty();
    Map<String, Object> ends = isSpread ? columns.apply(spread) : map();
    return switch (kind) {
      case LINES -> lines(table, isSpread, ends);
      case SCATTER -> isSpread ? list(errorBars(ends, 0), points(3.5)) : list(points(3.5));
      case BARS ->
          isSpread ? list(bars(), zero(), errorBars(ends, BAR_WIDTH)) : list(bars(), zero());
      case HEAT_MAP, DIVERGING_HEAT_MAP -> list(cells(table));
    };
  }

  private static List<Object> lines(FigureTable table, boolean isSpread, Map<String, Object> ends) {
    List<Object> layers = list();
    if (isSpread) {
      layers.add(band(ends));
    }
    layers.add(
        map(
            "geom",
            "line",
            "stat",
            "identity",
            "mapping",
            map("color", "group", "linetype", "group"),
            "size",
            0.9));
    if (longestLine(table) <= MARKED_POINTS) {
      layers.add(points(2.5));
    }
    return layers;
  }

  private static long longestLine(FigureTable table) {
    return table.rows().stream()
        .collect(
            Collectors.groupingBy(row -> List.of(row.panel(), row.group()), Collectors.counting()))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  private static Map<String, Object> band(Map<String, Object> ends) {
    return map(
        "geom",
        "ribbon",
        "stat",
        "identity",
        "data",
        ends,
        "mapping",
        map("ymin", "low", "ymax", "high", "fill", "group"),
        "alpha",
        0.2,
        "size",
        0.0,
        "show_legend",
        false);
  }

  private static Map<String, Object> points(double size) {
    return map(
        "geom",
        "point",
        "stat",
        "identity",
        "mapping",
        map("color", "group", "shape", "group"),
        "size",
        size);
  }

  private static Map<String, Object> bars() {
    return map(
        "geom",
        "bar",
        "stat",
        "identity",
        "mapping",
        map("fill", "group"),
        "position",
        map("name", "dodge", "width", BAR_WIDTH),
        "width",
        BAR_WIDTH,
        "alpha",
        0.75);
  }

  /** Where bars begin: one of height zero would else not be seen. */
  private static Map<String, Object> zero() {
    return map("geom", "hline", "yintercept", 0.0, "size", 0.6, "color", "#303030");
  }

  /** Beside each other as bars are if {@code dodge} is not 0. */
  private static Map<String, Object> errorBars(Map<String, Object> ends, double dodge) {
    Map<String, Object> layer =
        map(
            "geom",
            "errorbar",
            "stat",
            "identity",
            "data",
            ends,
            "mapping",
            map("ymin", "low", "ymax", "high", "group", "group"),
            "width",
            dodge == 0 ? 0.0 : dodge / 4,
            "size",
            0.6,
            "color",
            "#303030",
            "show_legend",
            false);
    if (dodge != 0) {
      layer.put("position", map("name", "dodge", "width", dodge));
    }
    return layer;
  }

  private static Map<String, Object> cells(FigureTable table) {
    boolean drawn = table.rows().size() <= DRAWN_CELLS;
    return map(
        "geom",
        drawn ? "tile" : "raster",
        "stat",
        "identity",
        "mapping",
        map("fill", "value"),
        "size",
        0.0);
  }
}
