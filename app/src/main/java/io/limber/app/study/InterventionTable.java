package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable;
import io.limber.app.figure.FigureTable.Row;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Rise of the probe loss and reward by intervention and architecture, for two studies. */
final class InterventionTable {

  private static final String RISE = "rise";
  private static final String NONE = "none";

  private InterventionTable() {}

  /** The paper's interventions and what each sets; the same for all architectures that allow it. */
  static Map<String, List<String>> paper() {
    List<String> twoHot = Bases.twoHot();
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put(NONE, List.of());
    all.put("two-hot", twoHot);
    all.put("reset-last-layer", List.of("interventions.reset-last-layer.when=target-update"));
    all.put("layer-norm", List.of("network.layer-norm=true"));
    all.put("weight-decay", List.of("optimizer.weight-decay=1.0e-5"));
    all.put("spectral-norm", List.of("interventions.spectral-normalisation.enabled=true"));
    all.put("shrink-and-perturb", List.of("interventions.shrink-and-perturb.when=target-update"));
    List<String> both = new ArrayList<>(twoHot);
    both.add("network.layer-norm=true");
    all.put("two-hot+layer-norm", both);
    return all;
  }

  /** Whether a network of that kind can have it; the paper leaves out the same. */
  static boolean allowed(String architecture, String intervention) {
    boolean plain = List.of("mlp", "cnn").contains(architecture);
    return plain
        || !List.of("layer-norm", "spectral-norm", "two-hot+layer-norm").contains(intervention);
  }

  /** The tables of both studies: one row for each cell. */
  static DataTable of(List<FinishedCell> cells) throws IOException {
    DataTable.Builder table =
        new DataTable.Builder(
            RISE,
            "data",
            "task",
            "architecture",
            "intervention",
            "seed",
            "initial-loss",
            "final-loss",
            "rise",
            "reward");
    for (FinishedCell cell : cells) {
      SortedMap<Long, Double> losses = cell.series(Metric.PLASTICITY_FINAL_LOSS);
      SortedMap<Long, Double> reward = cell.series(Metric.EVALUATION_MEAN_REWARD);
      double initial = losses.get(losses.firstKey());
      double last = losses.get(losses.lastKey());
      table.row(
          cell.choice("data"),
          cell.choice("task"),
          cell.choice("architecture"),
          cell.choice("intervention"),
          cell.choice("seed"),
          initial,
          last,
          last - initial,
          reward.get(reward.lastKey()));
    }
    return table.build();
  }

  /** What one study measured. */
  static DataTable rise(DataTables tables) {
    return tables.get(RISE);
  }

  /** Bars of the rise, beside the paper's where it has some, and of the reward. */
  static List<StudyFigure> figures(DataTables tables, boolean besidePaper) {
    DataTable rise = rise(tables);
    if (rise.isEmpty()) {
      return List.of();
    }
    List<Row> rises = new ArrayList<>();
    List<Row> rewards = new ArrayList<>();
    for (String data : rise.distinct("data")) {
      for (String architecture : rise.distinct("architecture")) {
        String panel = architecture + " on " + data;
        DataTable here = rise.where("data", data).where("architecture", architecture);
        for (String intervention : here.distinct("intervention")) {
          DataTable cells = here.where("intervention", intervention);
          rises.addAll(Seeds.bar(panel, besidePaper ? "here" : "", intervention, cells, RISE));
          rewards.addAll(Seeds.bar(panel, "", intervention, cells, "reward"));
        }
        if (besidePaper) {
          rises.addAll(paperBars(tables, data, architecture, panel));
        }
      }
    }
    String caption =
        "Mean over seeds and tasks, error bars of one standard deviation; here "
            + Seeds.count(rise)
            + ".";
    return List.of(
        figure(
            "rise",
            "Rise of the probe loss",
            "final − initial probe loss",
            "squared target",
            rises,
            caption + (besidePaper ? " The paper's: figures 6, 8 and 9." : "")),
        figure(
            "reward",
            "Greedy policy at the end",
            "mean reward",
            "per environment step",
            rewards,
            caption + " 0.1 is chance in true-label and random-label."));
  }

  private static List<Row> paperBars(
      DataTables tables, String data, String architecture, String panel) {
    return tables.get(PaperInterventions.TABLE).all().stream()
        .filter(row -> row.text("data").equals(data))
        .filter(row -> row.text("architecture").equals(architecture))
        .map(
            row ->
                Row.bar(
                    panel,
                    "paper",
                    row.text("intervention"),
                    row.number(RISE),
                    row.number(RISE) - row.number("sd"),
                    row.number(RISE) + row.number("sd")))
        .toList();
  }

  private static StudyFigure figure(
      String name, String title, String what, String unit, List<Row> rows, String caption) {
    FigureSpec spec =
        FigureSpec.of(
            name,
            title,
            FigureKind.BARS,
            Axis.linear("intervention", ""),
            Axis.linear(what, unit),
            caption);
    return new StudyFigure(spec.withColumns(1), new FigureTable(rows));
  }

  /** By how much an intervention's rise is over that without one, for each seed. */
  static double[] overNone(DataTables tables, String intervention) {
    DataTable rise = rise(tables);
    // an architecture that cannot have the intervention must not weigh in on the other side
    List<String> architectures = rise.where("intervention", intervention).distinct("architecture");
    DataTable shared = rise.filter(row -> architectures.contains(row.text("architecture")));
    return Seeds.difference(
        shared.where("intervention", intervention), shared.where("intervention", NONE), RISE);
  }

  /** Rise of one intervention in one architecture, for each seed. */
  static double[] rise(DataTables tables, String architecture, String intervention) {
    DataTable table =
        rise(tables).where("architecture", architecture).where("intervention", intervention);
    return Seeds.each(table, seed -> Seeds.means(seed, RISE).values().iterator().next());
  }
}
