package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable;
import io.limber.app.figure.FigureTable.Row;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;

/** Slices of the loss around checkpoints along training. */
final class Landscape implements Study {

  private static final String SLICES = "slices";
  private static final String GRID = "grid";
  private static final String RISES = "rises";
  private static final String RANDOM = "random";
  private static final String EIGENVECTOR = "eigenvector";

  @Override
  public String name() {
    return "landscape";
  }

  @Override
  public String title() {
    return "The loss around checkpoints along training";
  }

  @Override
  public String section() {
    return "beyond the paper; slices as Li et al. 2018, section 4";
  }

  @Override
  public int seeds(Scale scale) {
    return switch (scale) {
      case QUICK -> 2;
      case LAPTOP -> 10;
      case PAPER -> 5;
    };
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    Scale scale = request.scale();
    boolean quick = scale == Scale.QUICK;
    int updates =
        switch (scale) {
          case QUICK -> 4000;
          case LAPTOP -> 20_000;
          case PAPER -> 100_000;
        };
    List<String> base = new ArrayList<>(Bases.agent(scale, updates));
    base.addAll(
        List.of(
            "probe.schedule.landscape=" + updates / 8,
            "landscape.transitions=" + (quick ? 128 : 256),
            "landscape.max-order=" + (quick ? 15 : 30),
            "landscape.tolerance=1.0e-3",
            "landscape.points=" + (quick ? 41 : 61),
            "landscape.grid-points=" + (quick ? 21 : 31)));
    List<StudyCell> cells = new ArrayList<>();
    for (String norm : List.of("none", "layer-norm")) {
      cells.addAll(
          StudyCell.base(base)
              .with("architecture", "mlp", Bases.mlp(scale))
              .with("norm", norm, "network.layer-norm=" + norm.equals("layer-norm"))
              .seeds(request.seeds()));
    }
    List<OpenValue> open = new ArrayList<>(Bases.open(scale));
    open.add(new OpenValue("loss", "the TD loss, its targets fixed", "landscape.loss"));
    return new StudyPlan(cells, open, Bases.narrow(scale).stream().toList());
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder slices =
        new DataTable.Builder(SLICES, "norm", "seed", "step", "direction", "distance", "loss");
    DataTable.Builder grid =
        new DataTable.Builder(GRID, "norm", "seed", "step", RANDOM, EIGENVECTOR, "loss");
    DataTable.Builder rises =
        new DataTable.Builder(RISES, "norm", "seed", "step", "loss", RANDOM, EIGENVECTOR);
    for (FinishedCell cell : cells) {
      String norm = cell.choice("norm");
      String seed = cell.choice("seed");
      for (String direction : List.of(RANDOM, EIGENVECTOR)) {
        cell.tables("landscape", direction + "-slice")
            .forEach(
                (step, table) ->
                    table
                        .rows()
                        .forEach(
                            row ->
                                slices.row(norm, seed, step, direction, row.get(0), row.get(1))));
      }
      if (seed.equals("1")) { // a picture of one run says more than a mean of several
        cell.tables("landscape", GRID)
            .forEach(
                (step, table) ->
                    table
                        .rows()
                        .forEach(
                            row -> grid.row(norm, seed, step, row.get(0), row.get(1), row.get(2))));
      }
      Map<Long, Double> random = cell.series(Metric.LANDSCAPE_RANDOM_RISE);
      Map<Long, Double> sharpest = cell.series(Metric.LANDSCAPE_EIGENVECTOR_RISE);
      cell.series(Metric.LANDSCAPE_LOSS)
          .forEach(
              (step, loss) ->
                  rises.row(
                      norm,
                      seed,
                      step,
                      loss,
                      random.getOrDefault(step, Double.NaN),
                      sharpest.getOrDefault(step, Double.NaN)));
    }
    return List.of(slices.build(), grid.build(), rises.build());
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    List<StudyFigure> figures = new ArrayList<>();
    DataTable slices = tables.get(SLICES);
    if (!slices.isEmpty()) {
      figures.add(slices(slices));
    }
    DataTable grid = tables.get(GRID);
    for (String norm : grid.distinct("norm")) {
      DataTable own = grid.where("norm", norm);
      List<Row> rows = new ArrayList<>();
      List<String> steps = own.distinct("step");
      for (int i : new int[] {0, 1, steps.size() / 2, steps.size() - 1}) {
        rows.addAll(cells(own.where("step", steps.get(i)), "after " + steps.get(i) + " updates"));
      }
      figures.add(
          new StudyFigure(
              map("plane-" + norm, titleOf(norm), own).withColumns(2), new FigureTable(rows)));
    }
    return figures;
  }

  private static String titleOf(String norm) {
    return "TD loss around checkpoints, MLP "
        + (norm.equals("none") ? "without" : "with")
        + " layer norm";
  }

  private static StudyFigure slices(DataTable slices) {
    List<Row> rows = new ArrayList<>();
    List<String> steps = slices.distinct("step");
    for (String norm : slices.distinct("norm")) {
      for (String direction : slices.distinct("direction")) {
        DataTable own = slices.where("norm", norm).where("direction", direction);
        for (String step :
            List.of(steps.get(0), steps.get(steps.size() / 2), steps.get(steps.size() - 1))) {
          DataTable turned = turned(own.where("step", step));
          for (String distance : turned.distinct("distance")) {
            rows.addAll(
                Seeds.geometric(
                    direction + " direction, " + norm,
                    "after " + step + " updates",
                    Double.parseDouble(distance),
                    turned.where("distance", distance),
                    "loss"));
          }
        }
      }
    }
    FigureSpec spec =
        FigureSpec.of(
            SLICES,
            "TD loss on slices through checkpoints, MLP with and without layer norm",
            FigureKind.LINES,
            Axis.linear("distance", "length of the kernels"),
            Axis.logarithmic("TD loss", "squared return"),
            "Along a filter-normalised random direction and along the top eigenvector of the"
                + " Hessian, scaled to the same length and turned so that the loss rises more on"
                + " the left. Geometric mean over seeds, band one standard deviation of the"
                + " logarithm; "
                + Seeds.count(slices)
                + ".");
    return new StudyFigure(spec, new FigureTable(rows));
  }

  /**
   * Slices of several seeds along directions of which only the line means something, so that their
   * sides compare: each with the higher end on the left.
   */
  private static DataTable turned(DataTable slices) {
    DataTable.Builder turned = new DataTable.Builder(SLICES, "distance", "loss");
    for (String seed : slices.distinct("seed")) {
      DataTable own = slices.where("seed", seed);
      List<DataTable.Row> ends = own.all();
      boolean rising = ends.get(0).number("loss") < ends.get(ends.size() - 1).number("loss");
      for (DataTable.Row row : ends) {
        double distance = row.number("distance");
        turned.row(rising && distance != 0 ? -distance : distance, row.number("loss"));
      }
    }
    return turned.build();
  }

  /** A heat map of the logarithm over all steps of one network, on one scale. */
  private static FigureSpec map(String name, String title, DataTable all) {
    DoubleSummaryStatistics range =
        Arrays.stream(all.numbers("loss"))
            .map(Landscape::log)
            .filter(Double::isFinite)
            .summaryStatistics();
    return FigureSpec.heatMap(
        name,
        title,
        FigureKind.HEAT_MAP,
        Axis.linear("random direction", "length of the kernels"),
        Axis.linear("top eigenvector", "length of the kernels"),
        Axis.linear("log10 of the TD loss", "").within(range.getMin(), range.getMax()),
        "Both directions as in the slices; seed 1; targets fixed at the checkpoint's.");
  }

  private static List<Row> cells(DataTable grid, String panel) {
    return grid.all().stream()
        .filter(row -> Double.isFinite(log(row.number("loss"))))
        .map(
            row ->
                Row.cell(
                    panel, row.number(RANDOM), row.number(EIGENVECTOR), log(row.number("loss"))))
        .toList();
  }

  private static double log(double loss) {
    return Math.log10(loss);
  }

  @Override
  public List<Animation> animations(DataTables tables) {
    List<Animation> animations = new ArrayList<>();
    DataTable grid = tables.get(GRID);
    for (String norm : grid.distinct("norm")) {
      DataTable own = grid.where("norm", norm);
      List<StudyFigure> frames = new ArrayList<>();
      for (String step : own.distinct("step")) {
        frames.add(
            new StudyFigure(
                map("frame-" + norm + "-" + step, titleOf(norm) + ": step " + step, own),
                new FigureTable(cells(own.where("step", step), ""))));
      }
      animations.add(
          new Animation(
              "animation-" + norm, "The same plane at each checkpoint along training.", frames));
    }
    return animations;
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable plain = tables.get(RISES).where("norm", "none");
    Claim sharper =
        new Claim(
            "(beyond) training steepens the loss along its sharpest direction",
            "log10 of the rise along the eigenvector at the end less that at step 0");
    Claim direction =
        new Claim(
            "(beyond) the sharpest direction is steeper than a random one at the end",
            "log10 of the rise along the eigenvector less log10 of that along a random direction");
    return List.of(
        sharper.above(
            0, Seeds.each(plain, run -> last(run, EIGENVECTOR) - first(run, EIGENVECTOR))),
        direction.above(0, Seeds.each(plain, run -> last(run, EIGENVECTOR) - last(run, RANDOM))));
  }

  private static double first(DataTable run, String column) {
    return log(run.numbers(column)[0]);
  }

  private static double last(DataTable run, String column) {
    double[] values = run.numbers(column);
    return log(values[values.length - 1]);
  }
}
