package io.limber.app.study;

import io.limber.app.batch.Cell;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A study's cell with its whole configuration.
 *
 * @param cell as the study has it
 * @param run its key and configuration; two cells of one configuration share them
 */
record PlannedCell(StudyCell cell, Cell run) {

  /** What every cell of a study sets: files and measurements that nobody reads, left out. */
  private static final List<String> QUIET =
      List.of(
          "run.evaluation-steps=0",
          "metrics.tensorboard.enabled=false",
          "probe.keep-snapshots=none",
          "probe.policy=wait",
          "probe.finish-timeout=10m",
          "probe.schedule.plasticity=0");

  /**
   * Resolves and checks all cells.
   *
   * @param sources what a user set; wins over the study
   * @throws InvalidConfigException with every refusal, each once
   */
  static List<PlannedCell> of(List<StudyCell> cells, ConfigSources sources) {
    Map<List<String>, Cell> known = new LinkedHashMap<>();
    List<PlannedCell> planned = new ArrayList<>();
    Set<String> problems = new LinkedHashSet<>();
    for (StudyCell cell : cells) {
      try {
        Cell run = known.computeIfAbsent(cell.overrides(), all -> resolve(cell, sources));
        planned.add(new PlannedCell(cell, run));
      } catch (InvalidConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(List.copyOf(problems));
    }
    return planned;
  }

  private static Cell resolve(StudyCell cell, ConfigSources sources) {
    List<Assignment> all = new ArrayList<>();
    QUIET.forEach(text -> all.add(Assignment.parse("study", text)));
    cell.overrides().forEach(text -> all.add(Assignment.parse("study", text)));
    all.addAll(sources.assignments());
    EffectiveConfig config =
        EffectiveConfig.resolve(new ConfigSources(sources.home(), sources.files(), all));
    Settings.check(config.limber());
    return Cell.of(cell.choices(), config);
  }
}
