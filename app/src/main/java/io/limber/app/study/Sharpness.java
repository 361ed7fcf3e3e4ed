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
import java.util.Map;

/** Largest eigenvalue and TD loss of a CNN over training, with and without layer norm. */
final class Sharpness implements Study {

  private static final String SHARPNESS = "sharpness";
  private static final String LOSS = "td-loss";
  private static final String NORM = "layer-norm";

  @Override
  public String name() {
    return "sharpness";
  }

  @Override
  public String title() {
    return "Layer norm and the largest eigenvalue of the loss";
  }

  @Override
  public String section() {
    return "appendix, figures 14 to 16";
  }

  @Override
  public int seeds(Scale scale) {
    return switch (scale) {
      case QUICK -> 3;
      case LAPTOP -> 10;
      case PAPER -> 5;
    };
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    Scale scale = request.scale();
    int updates =
        switch (scale) {
          case QUICK -> 3000;
          case LAPTOP -> 20_000;
          case PAPER -> 150_000; // 30 iterations of 5,000 steps
        };
    List<StudyCell> cells = new ArrayList<>();
    StudyCell base =
        StudyCell.base(Bases.agent(scale, updates)).with("architecture", "cnn", Bases.cnn(scale));
    for (String task : tasks(scale)) {
      for (String norm : List.of("none", NORM)) {
        cells.addAll(
            base.with("task", task, "environment.kind=" + task)
                .with("norm", norm, "network.layer-norm=" + norm.equals(NORM))
                .with("probe", "hessian", hessian(scale, updates))
                .seeds(request.seeds()));
      }
    }
    List<OpenValue> open = new ArrayList<>(Bases.open(scale));
    open.add(new OpenValue("strides and padding", "2 and same", "network.cnn"));
    open.add(
        new OpenValue(
            "batch of the Hessian", scale == Scale.QUICK ? "128" : "256", "hessian.transitions"));
    List<String> leftOut = new ArrayList<>();
    if (scale == Scale.QUICK) {
      leftOut.add("the task random-label (hard); --scale laptop has it");
    }
    Bases.narrow(scale).ifPresent(leftOut::add);
    return new StudyPlan(cells, open, leftOut);
  }

  private static List<String> tasks(Scale scale) {
    return scale == Scale.QUICK ? List.of("true-label") : List.of("true-label", "random-label");
  }

  private static List<String> hessian(Scale scale, int updates) {
    boolean quick = scale == Scale.QUICK;
    return List.of(
        "probe.schedule.hessian=" + updates / (quick ? 6 : 10),
        "hessian.transitions=" + (quick ? 128 : 256),
        "hessian.eigenvalues.max-order=" + (quick ? 20 : 40),
        "hessian.eigenvalues.tolerance=1.0e-3",
        // neither trace nor density is looked at
        "hessian.trace-products=2",
        "hessian.density.order=1");
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder sharpness =
        new DataTable.Builder(SHARPNESS, "task", "norm", "seed", "step", "eigenvalue", "residual");
    DataTable.Builder loss = new DataTable.Builder(LOSS, "task", "norm", "seed", "step", "loss");
    for (FinishedCell cell : cells) {
      String task = cell.choice("task");
      String norm = cell.choice("norm");
      String seed = cell.choice("seed");
      Map<Long, Double> residuals = cell.series(Metric.HESSIAN_LARGEST_RESIDUAL);
      cell.series(Metric.HESSIAN_LARGEST_EIGENVALUE)
          .forEach(
              (step, value) -> sharpness.row(task, norm, seed, step, value, residuals.get(step)));
      cell.series(Metric.LEARNER_LOSS)
          .forEach((step, value) -> loss.row(task, norm, seed, step, value));
    }
    return List.of(sharpness.build(), loss.build());
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    List<StudyFigure> figures = new ArrayList<>();
    figures.addAll(
        lines(
            tables.get(SHARPNESS),
            "eigenvalue",
            Axis.logarithmic("largest eigenvalue", "loss / parameter²"),
            "Sharpness of a CNN over training"));
    figures.addAll(
        lines(
            tables.get(LOSS),
            "loss",
            Axis.logarithmic("TD loss", "squared return"),
            "TD loss of a CNN over training"));
    return figures;
  }

  /** Geometric means: both quantities are positive and span decades. */
  private static List<StudyFigure> lines(DataTable table, String column, Axis axis, String title) {
    List<Row> rows = new ArrayList<>();
    for (String task : table.distinct("task")) {
      for (String norm : table.distinct("norm")) {
        DataTable group = table.where("task", task).where("norm", norm);
        for (String step : group.distinct("step")) {
          rows.addAll(
              Seeds.geometric(
                  task, norm, Double.parseDouble(step), group.where("step", step), column));
        }
      }
    }
    String caption =
        "Geometric mean over seeds; the band is one standard deviation of the logarithm; "
            + Seeds.count(table)
            + ".";
    return StudyFigure.of(
        FigureSpec.of(
            table.name(),
            title,
            FigureKind.LINES,
            Axis.linear("learner step", "updates"),
            axis,
            caption),
        rows);
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable all = tables.get(SHARPNESS);
    Claim less =
        new Claim(
            "(h) layer norm stops sharpness growth in the CNN",
            "growth of log10 of the largest eigenvalue without layer norm less that with it");
    Claim stops =
        new Claim(
            "(h) taken at its word: with layer norm sharpness does not grow",
            "growth of log10 of the largest eigenvalue with layer norm");
    DataTable growth = growth(all);
    return List.of(
        less.above(
            0,
            Seeds.difference(growth.where("norm", "none"), growth.where("norm", NORM), "growth")),
        stops.below(
            0.1,
            Seeds.means(growth.where("norm", NORM), "growth").values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray()));
  }

  /** Of each run: log10 of its mean eigenvalue over the second half, less that at step 0. */
  private static DataTable growth(DataTable all) {
    DataTable.Builder growth = new DataTable.Builder("growth", "task", "norm", "seed", "growth");
    for (String task : all.distinct("task")) {
      for (String norm : all.distinct("norm")) {
        DataTable group = all.where("task", task).where("norm", norm);
        for (String seed : group.distinct("seed")) {
          growth.row(task, norm, seed, growthOf(group.where("seed", seed)));
        }
      }
    }
    return growth.build();
  }

  private static double growthOf(DataTable run) {
    double[] logs = Arrays.stream(run.numbers("eigenvalue")).map(Math::log10).toArray();
    double late = Arrays.stream(logs).skip((logs.length + 1) / 2).average().orElse(Double.NaN);
    return late - logs[0];
  }
}
