package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable.Row;
import io.limber.core.data.DataSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How fast checkpoints along training learn probe tasks. */
final class LearningCurves implements Study {

  private static final String CURVES = "curves";
  private static final String AREAS = "areas";

  /** Optimiser steps that one row of the table is a mean over. */
  private static final int BIN = 20;

  @Override
  public String name() {
    return "learning-curves";
  }

  @Override
  public String title() {
    return "Learning curves of probe tasks along training";
  }

  @Override
  public String section() {
    return "figures 4, 17 and 18";
  }

  @Override
  public int seeds(Scale scale) {
    return switch (scale) {
      case QUICK -> 3;
      case LAPTOP -> 8;
      case PAPER -> 5;
    };
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    Scale scale = request.scale();
    int updates =
        switch (scale) {
          case QUICK -> 4000;
          case LAPTOP -> 20_000;
          case PAPER -> 150_000;
        };
    List<String> base = new ArrayList<>(Bases.agent(scale, updates));
    base.addAll(Bases.plasticity(scale, updates / (scale == Scale.PAPER ? 15 : 4)));
    List<String> leftOut = new ArrayList<>();
    base.addAll(data(request, leftOut));
    Bases.narrow(scale).ifPresent(leftOut::add);
    Map<String, List<String>> variants =
        Map.of(
            "none", List.of(),
            "layer-norm", List.of("network.layer-norm=true"),
            "two-hot", Bases.twoHot());
    List<StudyCell> cells = new ArrayList<>();
    for (String variant : List.of("none", "layer-norm", "two-hot")) {
      cells.addAll(
          StudyCell.base(base)
              .with("architecture", "cnn", Bases.cnn(scale))
              .with("variant", variant, variants.get(variant))
              .seeds(request.seeds()));
    }
    List<OpenValue> open = new ArrayList<>(Bases.open(scale));
    open.add(Bases.openSupport());
    return new StudyPlan(cells, open, leftOut);
  }

  private static List<String> data(StudyRequest request, List<String> leftOut) {
    if (request.scale() == Scale.QUICK) {
      leftOut.add("CIFAR-10, which the paper's figure 4 shows; MNIST stands in for it");
      return List.of();
    }
    if (request.folder(DataSet.CIFAR10).isEmpty()) {
      leftOut.add("CIFAR-10, which is not on this machine: limber data fetch cifar10");
      return List.of();
    }
    return List.of("data.name=cifar10", "data.directory=" + request.folder(DataSet.CIFAR10).get());
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder curves =
        new DataTable.Builder(CURVES, "variant", "seed", "checkpoint", "step", "loss", "deviation");
    DataTable.Builder areas =
        new DataTable.Builder(AREAS, "variant", "seed", "checkpoint", "area", "deviation");
    for (FinishedCell cell : cells) {
      String variant = cell.choice("variant");
      String seed = cell.choice("seed");
      cell.tables("plasticity", "learning-curve")
          .forEach(
              (checkpoint, table) -> {
                List<double[]> bins = bins(table);
                for (int i = 0; i < bins.size(); i++) {
                  double step = (i + 0.5) * BIN;
                  curves.row(variant, seed, checkpoint, step, mean(bins.get(i)), sd(bins.get(i)));
                }
                double area = bins.stream().mapToDouble(LearningCurves::mean).average().orElse(0);
                double spread = bins.stream().mapToDouble(LearningCurves::sd).average().orElse(0);
                areas.row(variant, seed, checkpoint, area, spread);
              });
    }
    return List.of(curves.build(), areas.build());
  }

  /** For each bin of steps the mean loss of each target function. */
  private static List<double[]> bins(DataTable curve) {
    List<String> targets = curve.columns().subList(1, curve.columns().size());
    List<double[]> columns = targets.stream().map(curve::numbers).toList();
    List<double[]> bins = new ArrayList<>();
    for (int from = 0; from + BIN <= curve.rows().size(); from += BIN) {
      int start = from;
      bins.add(
          columns.stream()
              .mapToDouble(losses -> mean(Arrays.copyOfRange(losses, start, start + BIN)))
              .toArray());
    }
    return bins;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Over the target functions. */
  private static double sd(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    DataTable curves = tables.get(CURVES);
    List<Row> rows = new ArrayList<>();
    for (String variant : curves.distinct("variant")) {
      DataTable own = curves.where("variant", variant);
      for (String checkpoint : own.distinct("checkpoint")) {
        DataTable line = own.where("checkpoint", checkpoint);
        for (String step : line.distinct("step")) {
          rows.addAll(
              Seeds.point(
                  variant,
                  "after " + checkpoint + " updates",
                  Double.parseDouble(step),
                  line.where("step", step),
                  "loss"));
        }
      }
    }
    FigureSpec spec =
        FigureSpec.of(
            CURVES,
            title(),
            FigureKind.LINES,
            Axis.linear("optimiser step on the probe task", "steps"),
            Axis.linear("probe loss", "squared target"),
            "Mean over target functions and seeds in bins of "
                + BIN
                + " steps; the band is one standard deviation over seeds; "
                + Seeds.count(curves)
                + ".");
    return StudyFigure.of(spec.withColumns(3), rows);
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable areas = tables.get(AREAS).where("variant", "none");
    Claim slower =
        new Claim(
            "(d) later checkpoints learn probes slower",
            "mean loss over the curve of the last checkpoint less that of the initial network");
    Claim noisier =
        new Claim(
            "(figure 4) later checkpoints' curves vary more",
            "deviation over target functions at the last checkpoint less that of the initial"
                + " network");
    return List.of(
        slower.above(0, lastLessFirst(areas, "area")),
        noisier.above(0, lastLessFirst(areas, "deviation")));
  }

  private static double[] lastLessFirst(DataTable areas, String column) {
    return Seeds.each(
        areas,
        run -> {
          double[] values = run.numbers(column);
          return values[values.length - 1] - values[0];
        });
  }
}
