package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Curvature and interference on a learner's path, and on a random walk of the same steps. */
final class GradientVsBrownian implements Study {

  private static final String CURVATURE = "curvature";
  private static final String DENSITY = "density";
  private static final String INTERFERENCE = "interference";
  private static final String COSINES = "cosines";
  private static final String GRADIENT = "gradient descent";
  private static final String BROWNIAN = "Brownian motion";

  /** The paper's: target updates after which Hessian and covariance are measured. */
  private static final int HESSIAN_AT = 5;

  private static final List<Integer> COVARIANCE_AT = List.of(1, 20);

  /** Cosines nearer to zero than that are next to none: most are, and their signs are chance. */
  private static final double OPPOSED = -0.1;

  @Override
  public String name() {
    return "gradient-vs-brownian";
  }

  @Override
  public String title() {
    return "Gradient descent against a random walk of the same steps";
  }

  @Override
  public String section() {
    return "section 6, figure 2";
  }

  @Override
  public int seeds(Scale scale) {
    return switch (scale) {
      case QUICK -> 3;
      case LAPTOP -> 6;
      case PAPER -> 5;
    };
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    Scale scale = request.scale();
    List<StudyCell> cells = new ArrayList<>();
    StudyCell base = StudyCell.base(overrides(scale));
    for (String trajectory : List.of(GRADIENT, BROWNIAN)) {
      String key = trajectory.equals(GRADIENT) ? "gradient" : "brownian";
      cells.addAll(
          base.with("trajectory", trajectory, "learner.trajectory=" + key).seeds(request.seeds()));
    }
    return new StudyPlan(cells, open(scale), Bases.narrow(scale).stream().toList());
  }

  private static int period(Scale scale) {
    return switch (scale) {
      case QUICK -> 300;
      case LAPTOP -> 500;
      case PAPER -> 5000;
    };
  }

  private static int examples(Scale scale) {
    return switch (scale) {
      case QUICK -> 64;
      case LAPTOP -> 256;
      case PAPER -> 512;
    };
  }

  private static int batch(Scale scale) {
    return scale == Scale.QUICK ? 64 : 512;
  }

  private static double rate(Scale scale) {
    return switch (scale) {
      case QUICK -> 3e-2;
      case LAPTOP -> 1e-2;
      case PAPER -> 1e-3;
    };
  }

  /**
   * Learner step in the middle of the period that follows so many target updates. Right after one,
   * targets have grown, all TD errors have one sign, and no gradient opposes another.
   */
  private static int within(Scale scale, int targetUpdates) {
    return period(scale) * targetUpdates + period(scale) / 2;
  }

  private static List<String> overrides(Scale scale) {
    int period = period(scale);
    List<String> all = new ArrayList<>(Bases.agent(scale, within(scale, COVARIANCE_AT.get(1))));
    all.addAll(Bases.mlp(scale));
    all.addAll(
        List.of(
            "optimizer.kind=sgd",
            "optimizer.learning-rate=" + rate(scale),
            "learner.batch-size=" + batch(scale),
            "replay.samples-per-insert=" + batch(scale),
            "learner.target-update-period=" + period,
            "probe.schedule.plasticity=0",
            "probe.also-at.hessian=[" + period * HESSIAN_AT + "]",
            "probe.also-at.gradient-covariance="
                + COVARIANCE_AT.stream().map(times -> within(scale, times)).toList(),
            "hessian.loss=curvature",
            "hessian.trace-products=2",
            "hessian.density.order=" + (scale == Scale.QUICK ? 40 : 60),
            "gradient-covariance.loss=td",
            "gradient-covariance.examples=" + examples(scale)));
    return all;
  }

  private static List<OpenValue> open(Scale scale) {
    return List.of(
        new OpenValue(
            "iteration",
            "a target update; covariances half a period after it",
            "of what, is not stated; right after it all TD errors have one sign"),
        new OpenValue(
            "rate, batch and target period",
            rate(scale) + ", " + batch(scale) + ", " + period(scale),
            "the paper: 1e-3, 512, 5,000"),
        new OpenValue(
            "noise", "rescaled over all parameters together", "whether per tensor is not stated"),
        new OpenValue(
            "loss of the covariance",
            "TD, bootstrapping with the learner's target network",
            "not stated"),
        new OpenValue(
            "covariance", "cosines, in [-1, 1]", "equation 3; the paper's colours go to 5"),
        new OpenValue(
            "Lanczos order, draws, kernel width",
            (scale == Scale.QUICK ? 40 : 60) + ", 1, range x 3.2e-3",
            "not stated; width as Ghorbani et al. 2019"),
        new OpenValue("examples", Integer.toString(examples(scale)), "the paper: 512"));
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder curvature =
        new DataTable.Builder(CURVATURE, "trajectory", "seed", "step", "largest", "frobenius");
    DataTable.Builder interference =
        new DataTable.Builder(
            INTERFERENCE, "trajectory", "seed", "step", "negative", "opposed", "rank");
    DataTable.Builder density =
        new DataTable.Builder(DENSITY, "trajectory", "seed", "step", "eigenvalue", "density");
    DataTable.Builder cosines =
        new DataTable.Builder(COSINES, "trajectory", "seed", "step", "row", "column", "cosine");
    for (FinishedCell cell : cells) {
      String trajectory = cell.choice("trajectory");
      String seed = cell.choice("seed");
      Map<Long, Double> norms = cell.series(Metric.HESSIAN_FROBENIUS_NORM);
      cell.series(Metric.HESSIAN_LARGEST_EIGENVALUE)
          .forEach((step, value) -> curvature.row(trajectory, seed, step, value, norms.get(step)));
      Map<Long, Double> ranks = cell.series(Metric.GRADIENT_COVARIANCE_EFFECTIVE_RANK);
      Map<Long, DataTable> matrices = cell.tables("gradient-covariance", "cosines");
      cell.series(Metric.GRADIENT_COVARIANCE_FRACTION_NEGATIVE)
          .forEach(
              (step, value) ->
                  interference.row(
                      trajectory, seed, step, value, opposed(matrices.get(step)), ranks.get(step)));
      if (seed.equals("1")) { // pictures of one pair of runs; numbers of all
        addDensity(density, cell, trajectory, seed);
        addCosines(cosines, matrices, trajectory, seed);
      }
    }
    return List.of(curvature.build(), interference.build(), density.build(), cosines.build());
  }

  /** Share of the pairs of different examples whose gradients clearly oppose each other. */
  private static double opposed(DataTable cosines) {
    double below = 0;
    for (List<String> row : cosines.rows()) { // of its diagonal no entry is negative
      below +=
          row.stream()
              .filter(text -> !text.isEmpty() && Double.parseDouble(text) < OPPOSED)
              .count();
    }
    double examples = cosines.rows().size();
    return below / (examples * (examples - 1));
  }

  private static void addDensity(
      DataTable.Builder to, FinishedCell cell, String trajectory, String seed) throws IOException {
    for (Map.Entry<Long, DataTable> table : cell.tables("hessian", "density").entrySet()) {
      for (DataTable.Row row : table.getValue().all()) {
        to.row(trajectory, seed, table.getKey(), row.number("eigenvalue"), row.number("density"));
      }
    }
  }

  /** To three digits: the colours show two. */
  private static void addCosines(
      DataTable.Builder to, Map<Long, DataTable> matrices, String trajectory, String seed) {
    for (Map.Entry<Long, DataTable> table : matrices.entrySet()) {
      List<List<String>> rows = table.getValue().rows();
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < rows.get(i).size(); j++) {
          String text = rows.get(i).get(j);
          double cosine = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
          Object rounded = Double.isNaN(cosine) ? "" : Math.round(cosine * 1000) / 1000.0;
          to.row(trajectory, seed, table.getKey(), i, j, rounded);
        }
      }
    }
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    List<StudyFigure> figures = new ArrayList<>();
    figures.addAll(CoupledFigures.densities(tables.get(DENSITY)));
    figures.addAll(
        CoupledFigures.bars(
            tables.get(CURVATURE),
            "largest",
            "Largest eigenvalue of the curvature loss",
            Axis.linear("largest eigenvalue", "loss per squared parameter")));
    figures.addAll(
        CoupledFigures.bars(
            tables.get(INTERFERENCE),
            "opposed",
            "Pairs of examples whose gradients oppose each other",
            Axis.linear("cosine below " + OPPOSED, "fraction of pairs")));
    figures.addAll(CoupledFigures.covariance(tables.get(COSINES)));
    return figures;
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    Claim outliers =
        new Claim(
            "(b) gradient descent raises outliers more than a norm-matched random walk",
            "log10 of the largest eigenvalue after 5 target updates, gradient less Brownian");
    Claim opposes =
        new Claim(
            "(section 6) negative interference appears under gradient descent only",
            "share of pairs with a cosine below "
                + OPPOSED
                + " half a period after 20 target updates, gradient less Brownian");
    return List.of(
        outliers.above(0, last(tables.get(CURVATURE), "largest", true)),
        opposes.above(0, last(tables.get(INTERFERENCE), "opposed", false)));
  }

  /** For each seed, at the last step, gradient descent less Brownian motion. */
  private static double[] last(DataTable table, String column, boolean logarithm) {
    DataTable.Builder last = new DataTable.Builder("last", "trajectory", "seed", "value");
    double end = Arrays.stream(table.numbers("step")).max().orElse(0);
    for (DataTable.Row row : table.filter(r -> r.number("step") == end).all()) {
      double value = row.number(column);
      last.row(row.text("trajectory"), row.text("seed"), logarithm ? Math.log10(value) : value);
    }
    DataTable values = last.build();
    return Seeds.difference(
        values.where("trajectory", GRADIENT), values.where("trajectory", BROWNIAN), "value");
  }
}
