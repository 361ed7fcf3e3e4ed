package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;

/** Figures of {@link GradientVsBrownian}: two trajectories side by side. */
final class CoupledFigures {

  /** Drawn for what is less: a single eigenvalue among 90,000 has ten times as much. */
  private static final double LEAST_DENSITY = 1e-7;

  private CoupledFigures() {}

  static List<StudyFigure> densities(DataTable table) {
    List<Row> rows = new ArrayList<>();
    for (DataTable.Row row : table.all()) {
      rows.add(
          Row.point(
              row.text("trajectory"),
              "step " + row.text("step"),
              row.number("eigenvalue"),
              Math.max(row.number("density"), LEAST_DENSITY)));
    }
    FigureSpec spec =
        FigureSpec.of(
            table.name(),
            "Spectral density of the curvature loss's Hessian",
            FigureKind.LINES,
            Axis.linear("eigenvalue", "loss per squared parameter"),
            Axis.logarithmic("density", "per unit of eigenvalue"),
            "One run of each, seed 1, from one initialisation; stochastic Lanczos quadrature, one"
                + " draw. Densities below 1e-7 are drawn there.");
    return StudyFigure.of(spec, rows);
  }

  static List<StudyFigure> bars(DataTable table, String column, String title, Axis axis) {
    List<Row> rows = new ArrayList<>();
    for (String step : table.distinct("step")) {
      for (String trajectory : table.distinct("trajectory")) {
        rows.addAll(
            Seeds.bar(
                "",
                trajectory,
                "step " + step,
                table.where("step", step).where("trajectory", trajectory),
                column));
      }
    }
    FigureSpec spec =
        FigureSpec.of(
            table.name(),
            title,
            FigureKind.BARS,
            Axis.linear("learner step", "updates"),
            axis,
            "Mean over seeds, error bars one standard deviation; " + Seeds.count(table) + ".");
    return StudyFigure.of(spec, rows);
  }

  static List<StudyFigure> covariance(DataTable table) {
    List<Row> rows = new ArrayList<>();
    for (DataTable.Row row : table.all()) {
      if (!row.text("step").equals("0")) {
        rows.add(
            Row.cell(
                row.text("trajectory") + ", step " + row.text("step"),
                row.number("column"),
                row.number("row"),
                row.number("cosine")));
      }
    }
    FigureSpec spec =
        FigureSpec.heatMap(
            "covariance",
            "Cosines between the gradients of single examples",
            FigureKind.DIVERGING_HEAT_MAP,
            Axis.linear("example", ""),
            Axis.linear("example", ""),
            Axis.linear("cosine", ""),
            "One run of each, seed 1, from one initialisation; examples in the order of their"
                + " k-means clusters.");
    return StudyFigure.of(spec, rows);
  }
}
