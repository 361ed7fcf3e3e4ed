package io.limber.app.sweep;

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

/** Every combination of the choices of some axes, as agents. Used once. */
final class Grid {

  private final ConfigSources sources;
  private final List<Axis> axes;
  private final Map<String, Cell> agents = new LinkedHashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  private Grid(ConfigSources sources, List<Axis> axes) {
    this.sources = sources;
    this.axes = axes;
  }

  static List<Cell> agents(ConfigSources sources, List<Axis> axes) {
    Grid grid = new Grid(sources, axes);
    grid.expand(0, sources.assignments(), new LinkedHashMap<>());
    if (!grid.problems.isEmpty()) {
      throw new InvalidConfigException(List.copyOf(grid.problems));
    }
    return List.copyOf(grid.agents.values());
  }

  private void expand(int axis, List<Assignment> assignments, Map<String, String> choices) {
    if (axis == axes.size()) {
      add(assignments, choices);
      return;
    }
    for (Choice choice : axes.get(axis).choices()) {
      List<Assignment> more = new ArrayList<>(assignments);
      more.addAll(choice.assignments());
      Map<String, String> chosen = new LinkedHashMap<>(choices);
      chosen.put(axes.get(axis).name(), choice.label());
      expand(axis + 1, more, chosen);
    }
  }

  private void add(List<Assignment> assignments, Map<String, String> choices) {
    try {
      EffectiveConfig config =
          EffectiveConfig.resolve(new ConfigSources(sources.home(), sources.files(), assignments));
      Settings.check(config.limber());
      Cell agent = Cell.of(choices, config);
      agents.putIfAbsent(agent.key(), agent);
    } catch (InvalidConfigException e) {
      problems.addAll(e.problems());
    }
  }
}
