package io.limber.app.study;

import io.limber.app.batch.Batch;
import io.limber.app.batch.BatchView;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellRunner;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.batch.Devices;
import io.limber.app.batch.StatusFile;
import io.limber.app.batch.Views;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.data.Inventory;
import io.limber.app.run.Signals;
import io.limber.core.data.DataSet;
import io.limber.core.data.FetchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One study at one scale: its cells, run or not, and its report. */
public final class StudyRun {

  private final Study study;
  private final Scale scale;
  private final int seeds;
  private final Asked asked;
  private final StudyFolder folder;
  private final CellRunner runner;
  private final EffectiveConfig shared;
  private final StudyPlan plan;
  private final List<PlannedCell> cells;

  private StudyRun(
      Study study,
      Scale scale,
      Asked asked,
      StudyFolder folder,
      ConfigSources home,
      CellRunner runner) {
    this.study = study;
    this.scale = scale;
    this.asked = asked;
    this.folder = folder;
    this.runner = runner;
    seeds = asked.seeds().orElse(study.seeds(scale));
    ConfigSources sources = sources(home, asked);
    shared = EffectiveConfig.resolve(sources);
    plan = study.plan(new StudyRequest(scale, seeds, data(sources)));
    cells = PlannedCell.of(plan.cells(), sources);
  }

  /**
   * Plans what a user asks for.
   *
   * @param root folder of all studies
   * @param home where the shared configuration lies
   * @throws io.limber.app.config.InvalidConfigException if a cell's configuration cannot work
   */
  public static StudyRun of(
      Study study, Scale scale, Asked asked, Path root, ConfigSources home, CellRunner runner) {
    return new StudyRun(study, scale, asked, StudyFolder.of(root, study, scale), home, runner);
  }

  /** As {@link #of}, for what was asked for when it ran last. */
  public static StudyRun again(
      Study study, Scale scale, Path root, ConfigSources home, CellRunner runner) {
    StudyFolder folder = StudyFolder.of(root, study, scale);
    return new StudyRun(study, scale, Asked.read(folder.asked()), folder, home, runner);
  }

  private static ConfigSources sources(ConfigSources home, Asked asked) {
    List<Assignment> all = new ArrayList<>(home.assignments());
    all.addAll(asked.assignments());
    return new ConfigSources(home.home(), home.files(), all);
  }

  /** Folders of the data sets that can be used. */
  private static Map<DataSet, Path> data(ConfigSources sources) {
    EffectiveConfig config = EffectiveConfig.resolve(sources);
    Map<DataSet, Path> here = new EnumMap<>(DataSet.class);
    Inventory.of(set -> FetchSettings.from(config.limber(), set).directory()).stream()
        .filter(holding -> holding.problem().isEmpty() && holding.directory().isPresent())
        .forEach(
            holding ->
                here.put(holding.set(), holding.directory().get().toAbsolutePath().normalize()));
    return here;
  }

  public StudyFolder folder() {
    return folder;
  }

  public StudyPlan plan() {
    return plan;
  }

  /** Its cells as runs, each configuration once. */
  public List<Cell> cells() {
    Map<String, Cell> byKey = new LinkedHashMap<>();
    cells.forEach(cell -> byKey.putIfAbsent(cell.run().key(), cell.run()));
    return List.copyOf(byKey.values());
  }

  /**
   * Runs what is not finished; blocks its thread.
   *
   * @param parallel cells at a time
   * @param view is told of everything; closed at the end
   * @param stop asks for a clean end
   * @return how each cell ended
   * @throws IOException if the folder cannot be written
   */
  public List<CellStatus> run(int parallel, BatchView view, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    asked.write(folder.asked());
    StatusFile file = new StatusFile(folder.status(), InstantSource.system());
    return new Batch(folder.cells(), runner, Devices.of(shared), parallel)
        .run(cells(), new Views(List.of(view, file)), stop);
  }

  /**
   * Writes the report of whatever is finished.
   *
   * @param version of the program
   * @throws IOException if a cell's files cannot be read, or the report not be written
   */
  public StudyReport report(String version) throws IOException {
    List<FinishedCell> finished = new ArrayList<>();
    List<StudyCell> missing = new ArrayList<>();
    for (PlannedCell cell : cells) {
      Path own = folder.cells().resolve(cell.run().key());
      if (isFinished(cell.run(), own)) {
        finished.add(new FinishedCell(cell.cell(), own));
      } else {
        missing.add(cell.cell());
      }
    }
    ReportHead head =
        new ReportHead(
            study,
            scale,
            seeds,
            asked.sets(),
            plan,
            finished.size(),
            missing,
            Provenance.of(version, cells()));
    return StudyReport.write(study, head, new DataTables(study.tables(finished)), folder.report());
  }

  private boolean isFinished(Cell cell, Path own) throws IOException {
    return runner.finished(cell, own).filter(end -> end.state() == CellState.FINISHED).isPresent();
  }

  /** What there is to do, for people and scripts. */
  public Estimate estimate() throws IOException {
    List<Cell> all = cells();
    List<CellCost> costs = CellCost.of(all);
    List<Optional<Double>> taken = new ArrayList<>();
    for (Cell cell : all) {
      Path own = folder.cells().resolve(cell.key());
      taken.add(isFinished(cell, own) ? Estimate.seconds(own) : Optional.empty());
    }
    return new Estimate(all, costs, taken);
  }
}
