package io.limber.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.limber.app.batch.Cell;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What a sweep varies, and what all its agents share.
 *
 * <p>HOCON: {@code sweep.axes} has a list for each axis, {@code sweep.seeds} a number of seeds or a
 * list of them; everything else is configuration for all agents, includes too.
 *
 * @param name of the file without its ending
 * @param base what all agents share, beside the defaults
 * @param axes the grid's directions, the seeds last
 */
public record SweepFile(String name, List<Assignment> base, List<Axis> axes) {

  private static final String SWEEP = "sweep";
  private static final Set<String> KEYS = Set.of("axes", "seeds");

  /** More agents than anybody waits for; a slip of the pen has more. */
  private static final int MAX_AGENTS = 100_000;

  public SweepFile {
    base = List.copyOf(base);
    axes = List.copyOf(axes);
  }

  /**
   * Reads a file.
   *
   * @throws SweepFileException if it is not there, is no HOCON, has a key in {@code sweep} that
   *     does not exist, or describes no agent or too many
   */
  public static SweepFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new SweepFileException("sweep file " + path + " must be there to be read");
    }
    try {
      Config file = ConfigFactory.parseFile(path.toFile(), ConfigParseOptions.defaults()).resolve();
      Config sweep = file.hasPath(SWEEP) ? file.getConfig(SWEEP) : ConfigFactory.empty();
      refuseUnknown(sweep, path);
      List<Axis> axes = axes(sweep, path.toString());
      refuseTooMany(axes, path);
      return new SweepFile(
          path.getFileName().toString().replaceFirst("\\.[^.]*$", ""),
          Axis.assignments(file.withoutPath(SWEEP), path.toString()),
          axes);
    } catch (ConfigException e) {
      throw new SweepFileException(e.getMessage());
    }
  }

  private static void refuseUnknown(Config sweep, Path path) {
    for (String key : sweep.root().keySet()) {
      if (!KEYS.contains(key)) {
        throw new SweepFileException(
            "%s: sweep.%s must be a key that exists: sweep.axes or sweep.seeds; what all agents share stands outside of sweep"
                .formatted(path, key));
      }
    }
  }

  private static List<Axis> axes(Config sweep, String file) {
    List<Axis> axes = new ArrayList<>();
    if (sweep.hasPath("axes")) {
      sweep.getConfig("axes").entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> axes.add(Axis.read(entry.getKey(), entry.getValue(), file)));
    }
    if (sweep.hasPath("seeds")) {
      axes.add(seeds(sweep.getValue("seeds"), file));
    }
    if (axes.isEmpty()) {
      throw new SweepFileException(file + ": a sweep must have sweep.axes, sweep.seeds or both");
    }
    return axes;
  }

  private static Axis seeds(ConfigValue value, String file) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      return seeds(((Number) value.unwrapped()).longValue(), file);
    }
    return new Axis("seed", Axis.read("seed", value, file).choices());
  }

  /** Seeds from 1. */
  private static Axis seeds(long count, String file) {
    if (count < 1 || count > MAX_AGENTS) {
      throw new SweepFileException(
          "%s: seeds = %d must lie in [1, %d]".formatted(file, count, MAX_AGENTS));
    }
    List<Choice> choices =
        LongStream.rangeClosed(1, count)
            .mapToObj(Long::toString)
            .map(seed -> new Choice(seed, List.of(new Assignment(file, "seed", seed))))
            .toList();
    return new Axis("seed", choices);
  }

  private static void refuseTooMany(List<Axis> axes, Path path) {
    long agents = 1;
    for (Axis axis : axes) {
      agents *= axis.choices().size();
      if (agents > MAX_AGENTS) {
        throw new SweepFileException(
            "%s: its axes make more than %,d agents".formatted(path, MAX_AGENTS));
      }
    }
  }

  /** The same with seeds 1 to {@code count} in place of its own. */
  public SweepFile withSeeds(long count) {
    List<Axis> others = new ArrayList<>(axes);
    others.removeIf(axis -> axis.name().equals("seed"));
    others.add(seeds(count, "--seeds"));
    return new SweepFile(name, base, others);
  }

  /**
   * The agents, one for each combination; two combinations that mean the same configuration make
   * one agent.
   *
   * @param sources further layers: the file's base wins over their files, their assignments win
   *     over the base, and the axes win over all
   * @throws io.limber.app.config.InvalidConfigException with every problem of any agent
   */
  public List<Cell> agents(ConfigSources sources) {
    List<Assignment> shared = new ArrayList<>(base);
    shared.addAll(sources.assignments());
    return Grid.agents(new ConfigSources(sources.home(), sources.files(), shared), axes);
  }
}
