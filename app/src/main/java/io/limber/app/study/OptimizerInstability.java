package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable.Row;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Adam on labels that are drawn anew time and again, with its default settings and tuned ones. */
final class OptimizerInstability implements Study {

  private static final String ACCURACY = "accuracy";
  private static final String UNITS = "dead-units";
  private static final String CHANGE = "label-change";
  private static final String SET = "label-set";
  private static final String SETS = "label-sets";
  private static final String PER_SET = "updates-per-set";
  private static final String DEFAULT = "default Adam";
  private static final String TUNED = "tuned Adam";

  /** By name in tables and figures. */
  private static final Map<String, Metric> MECHANISM = mechanism();

  private static Map<String, Metric> mechanism() {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("gradient norm", Metric.STATISTICS_GRADIENT_NORM);
    metrics.put("first moment", Metric.STATISTICS_FIRST_MOMENT);
    metrics.put("second moment", Metric.STATISTICS_SECOND_MOMENT);
    metrics.put("update norm", Metric.STATISTICS_UPDATE_NORM);
    return metrics;
  }

  /** Learner steps around a label change at which the optimiser is looked at. */
  private static final long[] AROUND = {-100, -50, -20, 0, 10, 20, 30, 40, 50, 70, 100, 150, 200};

  @Override
  public String name() {
    return "optimizer-instability";
  }

  @Override
  public String title() {
    return "Adam on labels that change, with default and tuned settings";
  }

  @Override
  public String section() {
    return "section 5, figure 1";
  }

  @Override
  public int seeds(Scale scale) {
    return scale == Scale.QUICK ? 2 : 5;
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    LabelChanges changes = LabelChanges.of(request.scale());
    List<StudyCell> cells = new ArrayList<>();
    StudyCell base =
        StudyCell.base(changes.overrides())
            .with(SETS, Integer.toString(changes.tasks()))
            .with(PER_SET, Integer.toString(changes.updatesPerTask()));
    long change = changes.step(changes.tasks() / 2);
    List<Long> steps = LongStream.of(AROUND).map(offset -> change + offset).boxed().toList();
    StudyCell probed =
        base.with(CHANGE, Long.toString(change), "probe.also-at.statistics=" + steps);
    cells.addAll(
        probed.with("optimizer", DEFAULT, "optimizer.adam.epsilon=1.0e-9").seeds(request.seeds()));
    cells.addAll(
        probed
            .with(
                "optimizer",
                TUNED,
                "optimizer.adam.epsilon=1.0e-9",
                "optimizer.adam.beta2=0.9",
                "optimizer.adam.inner-epsilon=1.0e-3")
            .seeds(request.seeds()));
    return new StudyPlan(cells, open(changes), leftOut(request.scale()));
  }

  private static List<String> leftOut(Scale scale) {
    return scale == Scale.PAPER
        ? List.of()
        : List.of("the paper's 5,000 images and 90,000 updates; --scale paper has them");
  }

  private static List<OpenValue> open(LabelChanges changes) {
    return List.of(
        new OpenValue(
            "label sets, updates with each",
            changes.tasks() + ", " + changes.updatesPerTask(),
            "not stated; the figure's ticks are 15,000 apart and go to 90,000"),
        new OpenValue("images", Integer.toString(changes.images()), "the paper: 5,000"),
        new OpenValue(
            "how fast labels change",
            "old ones are gone after " + LabelChanges.FLUSHED + " updates",
            "images stream through a replay store; the paper's change is presumably at once"),
        new OpenValue("batch size", "32", "not stated"),
        new OpenValue(
            "accuracy",
            "of the greedy policy on the first "
                + LabelChanges.EXAMINED
                + " images, or on all if there are fewer, with the labels in force",
            "the paper: of a sample of 4,096 images"),
        new OpenValue(
            "dead units",
            "zero on " + LabelChanges.PROBED + " replayed images",
            "number of images not stated"),
        new OpenValue("loss", "softmax cross-entropy", "not stated"));
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder accuracy =
        new DataTable.Builder(ACCURACY, "optimizer", "seed", "step", SET, ACCURACY);
    DataTable.Builder units =
        new DataTable.Builder(UNITS, "optimizer", "seed", "step", "dead-fraction");
    DataTable.Builder change =
        new DataTable.Builder(CHANGE, "quantity", "optimizer", "seed", "step", "value");
    for (FinishedCell cell : cells) {
      String optimizer = cell.choice("optimizer");
      String seed = cell.choice("seed");
      long perSet = Long.parseLong(cell.choice(PER_SET));
      long sets = Long.parseLong(cell.choice(SETS));
      cell.series(Metric.ENVIRONMENT_ACCURACY)
          .forEach(
              (step, value) -> {
                long set = step / perSet + 1; // environments change first
                if (set <= sets) { // labels that come after the end are never learned
                  accuracy.row(optimizer, seed, step, set, value);
                }
              });
      cell.series(Metric.STATISTICS_DEAD_FRACTION)
          .forEach((step, value) -> units.row(optimizer, seed, step, value));
      long changed = Long.parseLong(cell.choice(CHANGE));
      for (Map.Entry<String, Metric> quantity : MECHANISM.entrySet()) {
        Map<Long, Double> values = cell.series(quantity.getValue());
        for (long offset : AROUND) {
          if (values.containsKey(changed + offset)) {
            change.row(quantity.getKey(), optimizer, seed, offset, values.get(changed + offset));
          }
        }
      }
    }
    return List.of(accuracy.build(), units.build(), change.build());
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    List<StudyFigure> figures = new ArrayList<>();
    Axis steps = Axis.linear("learner step", "updates");
    figures.addAll(
        lines(
            tables.get(ACCURACY),
            ACCURACY,
            "Accuracy while labels are drawn anew",
            steps,
            Axis.linear("accuracy", "fraction"),
            "Accuracy of the greedy policy on a fixed sample of up to "
                + LabelChanges.EXAMINED
                + " images with the labels now in force; each fall is a label change."));
    figures.addAll(
        lines(
            tables.get(UNITS),
            "dead-fraction",
            "Dead units while labels are drawn anew",
            steps,
            Axis.linear("dead units", "fraction"),
            "Hidden units that are zero on all of " + LabelChanges.PROBED + " images."));
    figures.addAll(mechanism(tables.get(CHANGE)));
    return figures;
  }

  private static List<StudyFigure> lines(
      DataTable table, String column, String title, Axis x, Axis y, String caption) {
    List<Row> rows = new ArrayList<>();
    for (String optimizer : table.distinct("optimizer")) {
      DataTable group = table.where("optimizer", optimizer);
      for (String step : group.distinct("step")) {
        rows.addAll(
            Seeds.point(
                "", optimizer, Double.parseDouble(step), group.where("step", step), column));
      }
    }
    FigureSpec spec =
        FigureSpec.of(
            table.name(),
            title,
            FigureKind.LINES,
            x,
            y,
            caption + " Mean over seeds, band one standard deviation; " + Seeds.count(table) + ".");
    return StudyFigure.of(spec, rows);
  }

  private static List<StudyFigure> mechanism(DataTable table) {
    List<Row> rows = new ArrayList<>();
    for (String quantity : table.distinct("quantity")) {
      for (String optimizer : table.distinct("optimizer")) {
        DataTable group = table.where("quantity", quantity).where("optimizer", optimizer);
        for (String step : group.distinct("step")) {
          rows.addAll(
              Seeds.geometric(
                  quantity,
                  optimizer,
                  Double.parseDouble(step),
                  group.where("step", step),
                  "value"));
        }
      }
    }
    FigureSpec spec =
        FigureSpec.of(
            CHANGE,
            "Gradient, moments and update around a label change",
            FigureKind.LINES,
            Axis.linear("since the label change", "updates"),
            Axis.logarithmic("Euclidean norm", "moments and gradient: loss per parameter"),
            "The second moment is the root of the sum of v. Old labels leave the replay store"
                + " within "
                + LabelChanges.FLUSHED
                + " updates. Geometric mean over seeds, band one standard deviation of the"
                + " logarithm; "
                + Seeds.count(table)
                + ".");
    return StudyFigure.of(spec, rows);
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable accuracy = learned(tables.get(ACCURACY));
    DataTable units = lastFifth(tables.get(UNITS));
    Claim dead =
        new Claim(
            "(a) units die under default Adam more than under tuned Adam",
            "dead fraction over the last fifth, default less tuned");
    Claim worse =
        new Claim(
            "(a) default Adam loses accuracy to tuned Adam",
            "accuracy in the second half of the last label set, tuned less default");
    Claim collapses =
        new Claim(
            "(a) default Adam collapses",
            "accuracy of default Adam in the second half of the last label set");
    Claim stays =
        new Claim(
            "(a) tuned Adam does not collapse",
            "accuracy of tuned Adam in the second half of the last label set");
    return List.of(
        dead.above(0, difference(units, "dead-fraction", DEFAULT, TUNED)),
        worse.above(0, difference(accuracy, ACCURACY, TUNED, DEFAULT)),
        collapses.below(0.2, values(accuracy.where("optimizer", DEFAULT), ACCURACY)),
        stays.above(0.5, values(accuracy.where("optimizer", TUNED), ACCURACY)));
  }

  private static double[] difference(DataTable table, String column, String of, String less) {
    return Seeds.difference(table.where("optimizer", of), table.where("optimizer", less), column);
  }

  private static double[] values(DataTable table, String column) {
    return Seeds.means(table, column).values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The second half of the last label set. */
  private static DataTable learned(DataTable table) {
    double last = Arrays.stream(table.numbers(SET)).max().orElse(0);
    DataTable rows = table.where(SET, (long) last);
    double middle = Arrays.stream(rows.numbers("step")).average().orElse(0);
    return rows.filter(row -> row.number("step") > middle);
  }

  private static DataTable lastFifth(DataTable table) {
    double end = Arrays.stream(table.numbers("step")).max().orElse(0);
    return table.filter(row -> row.number("step") > 0.8 * end);
  }
}
