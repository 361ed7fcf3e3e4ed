package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable.Row;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** Plasticity loss by width, at three target periods. */
final class Width implements Study {

  private static final String TABLE = "width";
  private static final String RISE = "rise";
  private static final String LOGARITHM = "log-rise";

  /**
   * Smaller rises count as this: a five hundredth of the targets' variance; they may be negative.
   */
  private static final double LEAST = 1e-3;

  @Override
  public String name() {
    return "width";
  }

  @Override
  public String title() {
    return "Width and the loss of plasticity";
  }

  @Override
  public String section() {
    return "figure 5";
  }

  @Override
  public int seeds(Scale scale) {
    return scale == Scale.QUICK ? 2 : 5;
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    Scale scale = request.scale();
    int updates =
        switch (scale) {
          case QUICK -> 4000;
          case LAPTOP -> 8000;
          case PAPER -> 100_000;
        };
    List<StudyCell> cells = new ArrayList<>();
    for (String architecture : List.of("mlp", "cnn")) {
      for (int period : periods(scale, architecture)) {
        for (int width : widths(scale, architecture)) {
          cells.addAll(
              base(scale, updates)
                  .with("architecture", architecture, network(architecture))
                  .with("period", "" + period, "learner.target-update-period=" + period)
                  .with("width", "" + width, "network.width-multiplier=" + width)
                  .seeds(request.seeds()));
        }
      }
    }
    return new StudyPlan(cells, open(scale), leftOut(scale));
  }

  private static StudyCell base(Scale scale, int updates) {
    List<String> keys = new ArrayList<>(Bases.agent(scale, updates));
    keys.addAll(Bases.plasticity(scale, updates));
    // a target period of 1 takes calls of 1 update; all cells have them, so that they compare
    keys.add("learner.updates-per-call=1");
    return StudyCell.base(keys);
  }

  private static List<String> network(String architecture) {
    return architecture.equals("mlp")
        ? List.of("network.kind=mlp", "network.hidden-widths=[16, 16]")
        : List.of(
            "network.kind=cnn", "network.cnn.filters=[4, 4]", "network.cnn.dense-widths=[16]");
  }

  private static List<Integer> widths(Scale scale, String architecture) {
    boolean mlp = architecture.equals("mlp");
    return switch (scale) {
      case QUICK -> mlp ? List.of(1, 4, 16) : List.of(1, 4);
      case LAPTOP -> mlp ? List.of(1, 4, 8, 16) : List.of(1, 2, 4);
      case PAPER -> List.of(1, 2, 4, 8, 12, 16);
    };
  }

  private static List<Integer> periods(Scale scale, String architecture) {
    return scale != Scale.PAPER && architecture.equals("cnn")
        ? List.of(100)
        : List.of(1, 100, 1000);
  }

  private static List<OpenValue> open(Scale scale) {
    List<OpenValue> open = new ArrayList<>(Bases.open(scale));
    open.removeIf(value -> value.what().equals("target period"));
    open.add(
        new OpenValue("CNN of width 1", "filters 4 and 4 and dense width 16", "as the MLP's 16"));
    open.add(
        new OpenValue(
            "rises under 0.001",
            "count as 0.001",
            "the axis is logarithmic, as the paper's, and some rises are negative"));
    return open;
  }

  private static List<String> leftOut(Scale scale) {
    return switch (scale) {
      case QUICK ->
          List.of(
              "width multipliers 2, 8 and 12; the CNN at 1 and 4 and at target period 100 only");
      case LAPTOP ->
          List.of(
              "width multipliers 2 and 12; the CNN at 1, 2 and 4 and at target period 100 only");
      case PAPER -> List.of();
    };
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder table =
        new DataTable.Builder(
            TABLE,
            "architecture",
            "period",
            "width",
            "seed",
            "initial-loss",
            "final-loss",
            RISE,
            LOGARITHM);
    for (FinishedCell cell : cells) {
      SortedMap<Long, Double> losses = cell.series(Metric.PLASTICITY_FINAL_LOSS);
      double initial = losses.get(losses.firstKey());
      double last = losses.get(losses.lastKey());
      table.row(
          cell.choice("architecture"),
          cell.choice("period"),
          cell.choice("width"),
          cell.choice("seed"),
          initial,
          last,
          last - initial,
          Math.log10(Math.max(LEAST, last - initial)));
    }
    return List.of(table.build());
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    DataTable all = tables.get(TABLE);
    List<Row> rows = new ArrayList<>();
    for (String architecture : all.distinct("architecture")) {
      for (String period : all.distinct("period")) {
        DataTable line = all.where("architecture", architecture).where("period", period);
        for (String width : line.distinct("width")) {
          rows.addAll(
              Seeds.power(
                  architecture,
                  "target period " + period,
                  Double.parseDouble(width),
                  line.where("width", width),
                  LOGARITHM));
        }
      }
    }
    FigureSpec spec =
        FigureSpec.of(
            TABLE,
            title(),
            FigureKind.LINES,
            Axis.linear("width multiplier", ""),
            Axis.logarithmic("final − initial probe loss", "squared target"),
            "Geometric mean over seeds; the band is one standard deviation of the logarithm;"
                + " rises under 0.001 count as 0.001; "
                + Seeds.count(all)
                + ".");
    return StudyFigure.of(spec, rows);
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable all = tables.get(TABLE);
    Claim shrinks =
        new Claim(
            "(e) width shrinks the loss of plasticity",
            "log10 of the rise of the probe loss at the largest width less that at the smallest");
    Claim remains =
        new Claim(
            "(e) width never removes the loss of plasticity",
            "log10 of the rise of the probe loss at the largest width");
    DataTable narrow = extreme(all, false);
    DataTable wide = extreme(all, true);
    return List.of(
        shrinks.below(0, Seeds.difference(wide, narrow, LOGARITHM)),
        remains.above(
            Math.log10(LEAST),
            Seeds.means(wide, LOGARITHM).values().stream().mapToDouble(d -> d).toArray()));
  }

  /** Of each architecture and period the rows of the largest or the smallest width. */
  private static DataTable extreme(DataTable all, boolean largest) {
    return all.filter(
        row -> {
          double[] widths =
              all.where("architecture", row.text("architecture"))
                  .where("period", row.text("period"))
                  .numbers("width");
          var range = Arrays.stream(widths).summaryStatistics();
          return row.number("width") == (largest ? range.getMax() : range.getMin());
        });
  }
}
