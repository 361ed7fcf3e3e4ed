package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable;
import io.limber.app.figure.FigureTable.Row;
import io.limber.app.statistics.Interval;
import io.limber.app.statistics.RankCorrelation;
import io.limber.app.study.Verdict.Ruling;
import io.limber.core.data.DataSet;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Whether a statistic of the network tells how much plasticity an agent has lost. */
final class Falsification implements Study {

  private static final String AGENTS = "agents";
  private static final String CORRELATIONS = "correlations";
  private static final String LOSS = "plasticity-loss";
  private static final List<String> GROUPINGS =
      List.of("task", "observations", "optimizer", "architecture");

  /** Columns of the tables, in the paper's order. */
  private static final Map<String, Metric> STATISTICS = statistics();

  private static Map<String, Metric> statistics() {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("weight norm", Metric.STATISTICS_WEIGHT_NORM);
    metrics.put("weight rank", Metric.STATISTICS_WEIGHT_RANK);
    metrics.put("dead units", Metric.STATISTICS_DEAD_UNITS);
    metrics.put("feature rank", Metric.STATISTICS_FEATURE_RANK);
    metrics.put("gradient norm", Metric.STATISTICS_GRADIENT_NORM);
    return metrics;
  }

  @Override
  public String name() {
    return "falsification";
  }

  @Override
  public String title() {
    return "Statistics of the network against lost plasticity, over many agents";
  }

  @Override
  public String section() {
    return "section 7, figure 3";
  }

  @Override
  public int seeds(Scale scale) {
    return scale == Scale.QUICK ? 2 : 4;
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    Scale scale = request.scale();
    int updates =
        switch (scale) {
          case QUICK -> 2000;
          case LAPTOP -> 8000;
          case PAPER -> 100_000;
        };
    List<StudyCell> cells = new ArrayList<>();
    for (StudyCell observed : observations(scale, updates, request)) {
      for (String task : List.of("true-label", "random-label", "sparse-reward")) {
        for (StudyCell agent : agents(scale, observed.with("task", task, task(task)))) {
          cells.addAll(agent.seeds(request.seeds()));
        }
      }
    }
    List<OpenValue> open = new ArrayList<>(Bases.open(scale));
    open.add(
        new OpenValue(
            "optimisers", "Adam with default and with tuned settings", "which are not stated"));
    open.add(new OpenValue("rise of the probe loss", "from step 0 to the end", "section 2"));
    return new StudyPlan(cells, open, leftOut(request));
  }

  private static List<String> leftOut(StudyRequest request) {
    List<String> all = new ArrayList<>();
    if (request.folder(DataSet.CIFAR10).isEmpty()) {
      all.add("CIFAR-10 as second observation space: it is not on this machine, see limber data");
    } else if (request.scale() == Scale.QUICK) {
      all.add("CIFAR-10 as second observation space; --scale laptop has it");
    }
    if (request.scale() != Scale.PAPER) {
      all.add("128 agents; there are " + request.seeds() + " seeds of each kind here");
    }
    Bases.narrow(request.scale()).ifPresent(all::add);
    return all;
  }

  private static String task(String kind) {
    return "environment.kind=" + kind;
  }

  private static List<StudyCell> observations(Scale scale, int updates, StudyRequest request) {
    List<String> overrides = new ArrayList<>(Bases.agent(scale, updates));
    overrides.addAll(Bases.plasticity(scale, updates));
    overrides.add("probe.schedule.statistics=" + updates);
    overrides.add("statistics.transitions=256");
    overrides.add("run.evaluation-steps=0");
    StudyCell base = StudyCell.base(overrides);
    List<StudyCell> all = new ArrayList<>();
    all.add(base.with("observations", "mnist", "data.name=mnist"));
    Optional<Path> cifar = request.folder(DataSet.CIFAR10);
    if (scale != Scale.QUICK && cifar.isPresent()) {
      all.add(
          base.with(
              "observations", "cifar10", "data.name=cifar10", "data.directory=" + cifar.get()));
    }
    return all;
  }

  private static List<StudyCell> agents(Scale scale, StudyCell base) {
    List<StudyCell> all = new ArrayList<>();
    for (StudyCell cell :
        List.of(
            base.with("architecture", "mlp", Bases.mlp(scale)),
            base.with("architecture", "cnn", Bases.cnn(scale)))) {
      all.add(cell.with("optimizer", "default Adam", "optimizer.kind=adam"));
      all.add(
          cell.with(
              "optimizer",
              "tuned Adam",
              "optimizer.kind=adam",
              "optimizer.adam.beta2=0.9",
              "optimizer.adam.inner-epsilon=1.0e-3"));
    }
    return all;
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    List<String> columns = new ArrayList<>(GROUPINGS);
    columns.addAll(List.of("seed", LOSS));
    columns.addAll(STATISTICS.keySet());
    DataTable.Builder agents = new DataTable.Builder(AGENTS, columns.toArray(String[]::new));
    for (FinishedCell cell : cells) {
      SortedMap<Long, Double> losses = cell.series(Metric.PLASTICITY_FINAL_LOSS);
      if (losses.size() < 2) {
        continue; // no rise without a beginning and an end
      }
      List<Object> row = new ArrayList<>();
      for (String grouping : GROUPINGS) {
        row.add(cell.choice(grouping));
      }
      row.add(cell.choice("seed"));
      row.add(losses.get(losses.lastKey()) - losses.get(losses.firstKey()));
      for (Metric metric : STATISTICS.values()) {
        row.add(last(cell.series(metric)));
      }
      agents.row(row.toArray());
    }
    DataTable all = agents.build();
    return List.of(all, correlations(all));
  }

  private static Object last(SortedMap<Long, Double> series) {
    return series.isEmpty() ? "" : series.get(series.lastKey());
  }

  private static DataTable correlations(DataTable agents) {
    DataTable.Builder all =
        new DataTable.Builder(
            CORRELATIONS, "statistic", "grouping", "group", "n", "correlation", "low", "high");
    for (String statistic : STATISTICS.keySet()) {
      for (String grouping : GROUPINGS) {
        for (String group : agents.distinct(grouping)) {
          addCorrelation(all, statistic, grouping, group, agents.where(grouping, group));
        }
      }
    }
    return all.build();
  }

  private static void addCorrelation(
      DataTable.Builder all, String statistic, String grouping, String group, DataTable agents) {
    DataTable measured =
        agents.filter(
            row -> Double.isFinite(row.number(statistic)) && Double.isFinite(row.number(LOSS)));
    if (measured.rows().size() < 4) {
      return; // no interval below four agents
    }
    Interval rho = RankCorrelation.spearman(measured.numbers(statistic), measured.numbers(LOSS));
    if (rho.isKnown()) {
      all.row(
          statistic,
          grouping,
          group,
          measured.rows().size(),
          rho.estimate(),
          rho.low(),
          rho.high());
    }
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    DataTable agents = tables.get(AGENTS);
    List<StudyFigure> figures = new ArrayList<>();
    if (agents.isEmpty()) {
      return figures;
    }
    for (String statistic : STATISTICS.keySet()) {
      figures.add(scatter(agents, statistic));
    }
    if (!tables.get(CORRELATIONS).isEmpty()) {
      figures.add(bars(tables.get(CORRELATIONS)));
    }
    return figures;
  }

  private static StudyFigure scatter(DataTable agents, String statistic) {
    List<Row> rows = new ArrayList<>();
    for (DataTable.Row agent : agents.all()) {
      rows.add(
          Row.point(
              agent.text("architecture") + " on " + agent.text("observations"),
              agent.text("task") + ", " + agent.text("optimizer"),
              agent.number(statistic),
              agent.number(LOSS)));
    }
    FigureSpec spec =
        FigureSpec.of(
            statistic.replace(' ', '-'),
            "Rise of the probe loss against the " + statistic,
            FigureKind.SCATTER,
            Axis.linear(statistic, STATISTICS.get(statistic).unit().toString()),
            Axis.linear("rise of the probe loss", "squared target"),
            "Each mark is one agent at its end; n = "
                + agents.rows().size()
                + " agents, "
                + agents.distinct("seed").size()
                + " seeds of each kind.");
    return new StudyFigure(spec, new FigureTable(rows));
  }

  private static StudyFigure bars(DataTable correlations) {
    List<Row> rows = new ArrayList<>();
    for (DataTable.Row row : correlations.all()) {
      rows.add(
          Row.bar(
              row.text("grouping"),
              row.text("group"),
              row.text("statistic"),
              row.number("correlation"),
              row.number("low"),
              row.number("high")));
    }
    FigureSpec spec =
        FigureSpec.of(
                CORRELATIONS,
                "Rank correlation of each statistic with the rise of the probe loss",
                FigureKind.BARS,
                Axis.linear("statistic", ""),
                Axis.linear("Spearman's correlation", ""),
                "Within groups of agents; error bars are 95 % intervals; n = "
                    + String.join(", ", correlations.distinct("n"))
                    + " agents in a group.")
            .withColumns(2);
    return new StudyFigure(spec, new FigureTable(rows));
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable correlations = tables.get(CORRELATIONS);
    String claim = "(c) no single statistic keeps one correlation sign";
    String quantity =
        "statistics whose correlation has one sign in all groups, of " + STATISTICS.size();
    int kept = 0;
    int keptSurely = 0;
    int flippedSurely = 0;
    for (String statistic : correlations.distinct("statistic")) {
      Signs signs = Signs.of(correlations.where("statistic", statistic));
      kept += signs.keeps() ? 1 : 0;
      keptSurely += signs.keepsSurely() ? 1 : 0;
      flippedSurely += signs.flipsSurely() ? 1 : 0;
    }
    int seeds = tables.get(AGENTS).distinct("seed").size();
    if (correlations.isEmpty()) {
      return List.of(
          new Verdict(claim, Ruling.NOT_MEASURED, quantity, Double.NaN, Double.NaN, Double.NaN, 0));
    }
    boolean all = flippedSurely == correlations.distinct("statistic").size();
    Ruling undecided = kept == 0 ? Ruling.LEANS_TOWARDS : Ruling.LEANS_AGAINST;
    Ruling ruling = all ? Ruling.HOLDS : keptSurely > 0 ? Ruling.DOES_NOT_HOLD : undecided;
    return List.of(new Verdict(claim, ruling, quantity, kept, Double.NaN, Double.NaN, seeds));
  }
}
