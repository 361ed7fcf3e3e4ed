package io.limber.app.figure;

import io.limber.app.figure.FigureTable.Row;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * A figure in the terms of Lets-Plot: nested maps, as its JSON front ends would send. Lets-Plot
 * writes into what it is given, so all of it is mutable and built anew.
 */
final class PlotSpec {

  private static final int ONE_COLUMN_WIDTH = 620; // pixels of the SVG
  private static final int WIDTH = 920;
  private static final int PANEL_HEIGHT = 300;
  private static final int TEXT_HEIGHT = 110; // title, axis title, legend
  private static final int AXIS_WIDTH = 100; // at its widest
  private static final double RIGHT_MARGIN = 20; // half of the last tick's label
  private static final int COLOUR_BAR_WIDTH = 150;
  private static final int KEY_WIDTH = 45; // of a legend's entry, with its margins
  private static final int LINE_HEIGHT = 17;
  private static final double CHARACTER_WIDTH = 7.2; // of the caption's 13 pixel type, on average

  private final FigureSpec figure;
  private final FigureTable table;
  private final List<String> panels;
  private final List<String> groups;

  private PlotSpec(FigureSpec figure, FigureTable table) {
    this.figure = figure;
    this.table = table;
    panels = table.panels();
    groups = table.groups();
  }

  /**
   * @throws IllegalArgumentException if the table has more panels than letters
   */
  static Map<String, Object> of(FigureSpec figure, FigureTable table) {
    return new PlotSpec(figure, table).build();
  }

  private Map<String, Object> build() {
    int besideCaption = AXIS_WIDTH + (figure.kind().isHeatMap() ? COLOUR_BAR_WIDTH : 0);
    int captionWidth = width() - besideCaption;
    List<String> caption = Wrapping.lines(figure.caption(), (int) (captionWidth / CHARACTER_WIDTH));
    Map<String, Object> plot =
        map(
            "kind", "plot",
            "data", columns(table.rows()),
            "mapping", map("x", isBars() ? "category" : "x", "y", "y"),
            "ggtitle", map("text", figure.title()),
            "caption", map("text", String.join("\n", caption)),
            "ggsize", map("width", width(), "height", height(caption.size())),
            "theme", theme(),
            "scales", scales(),
            "layers", new PlotLayers(figure.kind()).of(table, this::columns));
    if (panels.size() > 1) {
      plot.put("facet", facet());
    }
    return plot;
  }

  private boolean isBars() {
    return figure.kind() == FigureKind.BARS;
  }

  private int width() {
    return Math.min(panels.size(), figure.columns()) == 1 ? ONE_COLUMN_WIDTH : WIDTH;
  }

  /** Whether the legend is wider than the figure if its entries are side by side. */
  private boolean isWide() {
    return groups.stream().mapToDouble(g -> KEY_WIDTH + CHARACTER_WIDTH * g.length()).sum()
        > width();
  }

  private int height(int captionLines) {
    int columns = figure.columns();
    int rows = (panels.size() + columns - 1) / columns;
    return rows * PANEL_HEIGHT + TEXT_HEIGHT + captionLines * LINE_HEIGHT;
  }

  private Map<String, Object> theme() {
    Map<String, Object> theme =
        map(
            "name",
            "bw",
            "plot_caption",
            map("name", "text", "blank", false, "hjust", 0.0),
            "plot_margin",
            map("t", 5.0, "r", RIGHT_MARGIN, "b", 5.0, "l", 5.0));
    if (!figure.kind().isHeatMap()) {
      theme.put("legend_position", groups.size() < 2 ? "none" : isWide() ? "right" : "bottom");
    }
    return theme;
  }

  /** Panels carry letters, because Lets-Plot lays them out in the order of their names. */
  private Map<String, Object> facet() {
    return map(
        "name",
        "wrap",
        "facets",
        list("panel"),
        "ncol",
        (double) figure.columns(),
        "order",
        list(1.0),
        "scales",
        "fixed");
  }

  private List<Object> scales() {
    List<Object> scales = list(position("x", figure.x()), position("y", figure.y()));
    if (figure.kind().isHeatMap()) {
      scales.add(colourScale());
      return scales;
    }
    scales.add(discrete("color", Palette.colours(groups.size())));
    scales.add(discrete("fill", Palette.colours(groups.size())));
    scales.add(discrete("linetype", Palette.lines(groups.size())));
    scales.add(discrete("shape", Palette.markers(groups.size())));
    return scales;
  }

  private Map<String, Object> position(String aesthetic, Axis axis) {
    String title = aesthetic.equals("y") ? axis.verticalTitle() : axis.title();
    Map<String, Object> scale = map("aesthetic", aesthetic, "name", title);
    if (aesthetic.equals("x") && isBars()) {
      scale.put("discrete", true);
      scale.put("limits", new ArrayList<Object>(table.categories()));
    } else if (axis.logarithmic()) {
      scale.put("trans", "log10");
      DoubleSummaryStatistics range = range(aesthetic);
      LogTicks ticks = LogTicks.of(range.getMin(), range.getMax());
      scale.put("breaks", new ArrayList<Object>(ticks.values()));
      scale.put("labels", new ArrayList<Object>(ticks.labels()));
    }
    if (axis.isBounded()) {
      scale.put("limits", list(axis.low(), axis.high()));
    }
    return scale;
  }

  /** Of the positive positions and bands' ends. */
  private DoubleSummaryStatistics range(String aesthetic) {
    return table.rows().stream()
        .flatMapToDouble(
            row ->
                aesthetic.equals("x")
                    ? DoubleStream.of(row.x())
                    : DoubleStream.of(row.y(), row.low(), row.high()))
        .filter(value -> value > 0)
        .summaryStatistics();
  }

  private Map<String, Object> discrete(String aesthetic, List<Object> values) {
    return map(
        "aesthetic",
        aesthetic,
        "name",
        "",
        "discrete",
        true,
        "values",
        values,
        "limits",
        new ArrayList<Object>(groups));
  }

  private Map<String, Object> colourScale() {
    Map<String, Object> scale = map("aesthetic", "fill", "name", figure.value().title());
    if (figure.kind() == FigureKind.HEAT_MAP) {
      scale.put("scale_mapper_kind", "color_cmap");
      scale.put("option", "viridis");
      if (figure.value().logarithmic()) {
        scale.put("trans", "log10");
      }
      if (figure.value().isBounded()) {
        scale.put("limits", list(figure.value().low(), figure.value().high()));
      }
      return scale;
    }
    double largest =
        table.rows().stream()
            .mapToDouble(row -> Double.isNaN(row.value()) ? 0 : Math.abs(row.value()))
            .max()
            .orElse(1);
    scale.put("scale_mapper_kind", "color_gradient2");
    scale.put("low", "#0072B2");
    scale.put("mid", "#FFFFFF");
    scale.put("high", "#D55E00");
    scale.put("midpoint", 0.0);
    scale.put("limits", list(-largest, largest));
    return scale;
  }

  private Map<String, Object> columns(List<Row> rows) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (String name : List.of("panel", "group", "category", "x", "y", "low", "high", "value")) {
      columns.put(name, new ArrayList<>(rows.size()));
    }
    for (Row row : rows) {
      add(columns, "panel", heading(row.panel()));
      add(columns, "group", row.group());
      add(columns, "category", row.category());
      add(columns, "x", number(row.x()));
      add(columns, "y", number(row.y()));
      add(columns, "low", number(row.low()));
      add(columns, "high", number(row.high()));
      add(columns, "value", number(row.value()));
    }
    return columns;
  }

  private String heading(String panel) {
    int index = panels.indexOf(panel);
    if (index >= 'z' - 'a' + 1) {
      throw new IllegalArgumentException(
          "figure " + figure.name() + " has more than 26 panels: make several of it");
    }
    return "(" + (char) ('a' + index) + ") " + panel;
  }

  @SuppressWarnings("unchecked") // columns are made above
  private static void add(Map<String, Object> columns, String name, Object value) {
    ((List<Object>) columns.get(name)).add(value);
  }

  private static Object number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  static List<Object> list(Object... values) {
    return new ArrayList<>(List.of(values));
  }
}
