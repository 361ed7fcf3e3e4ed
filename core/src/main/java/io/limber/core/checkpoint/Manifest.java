package io.limber.core.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a checkpoint consists of and whom it fits, {@code manifest.json}.
 *
 * @param program version of the program that wrote it
 * @param architecture name of the network, for instance {@code mlp-784-512-512-10-relu}
 * @param step learner updates done
 * @param inserted transitions that replay had taken in by then
 * @param metricsBytes length of metrics.jsonl by then; −1 where there is no such file
 * @param best value of the metric by which the best checkpoints are kept; empty if there was none
 * @param files of this checkpoint alone
 * @param segments files of replay rows that it needs, oldest first
 */
public record Manifest(
    String program,
    String architecture,
    long step,
    long inserted,
    long metricsBytes,
    OptionalDouble best,
    List<CheckpointFile> files,
    List<Segment> segments) {

  /** The newest format, the one that is written; raised when older programs could misread it. */
  public static final int FORMAT_VERSION = 1;

  public Manifest {
    files = List.copyOf(files);
    segments = List.copyOf(segments);
  }

  /** Bytes of all files, shared ones included. */
  public long bytes() {
    return files.stream().mapToLong(CheckpointFile::bytes).sum()
        + segments.stream().mapToLong(segment -> segment.file().bytes()).sum();
  }

  String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format-version", FORMAT_VERSION);
    map.put("program", program);
    map.put("architecture", architecture);
    map.put("step", step);
    map.put("inserted", inserted);
    map.put("metrics-bytes", metricsBytes);
    best.ifPresent(value -> map.put("best", value));
    map.put("files", files.stream().map(Manifest::map).toList());
    map.put("segments", segments.stream().map(Manifest::map).toList());
    return ConfigValueFactory.fromMap(map).render(ConfigRenderOptions.concise().setFormatted(true));
  }

  private static Map<String, Object> map(CheckpointFile file) {
    return Map.of("path", file.path(), "bytes", file.bytes(), "sha256", file.sha256());
  }

  private static Map<String, Object> map(Segment segment) {
    Map<String, Object> map = new LinkedHashMap<>(map(segment.file()));
    map.put("first", segment.first());
    map.put("end", segment.end());
    return map;
  }

  /**
   * Reads what {@link #toJson} gave.
   *
   * @throws UnusableCheckpointException if it is something else or of a newer format
   */
  static Manifest parse(String json) throws UnusableCheckpointException {
    try {
      Config config =
          ConfigFactory.parseString(
              json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
      int version = config.getInt("format-version");
      if (version < 1 || version > FORMAT_VERSION) {
        throw new UnusableCheckpointException(
            "it has format version %d, this Limber reads 1 to %d: %s"
                .formatted(
                    version,
                    FORMAT_VERSION,
                    version < 1 ? "it was altered" : "a newer Limber wrote it"));
      }
      return new Manifest(
          config.getString("program"),
          config.getString("architecture"),
          config.getLong("step"),
          config.getLong("inserted"),
          config.getLong("metrics-bytes"),
          config.hasPath("best")
              ? OptionalDouble.of(config.getDouble("best"))
              : OptionalDouble.empty(),
          config.getConfigList("files").stream().map(Manifest::file).toList(),
          config.getConfigList("segments").stream().map(Manifest::segment).toList());
    } catch (ConfigException | IllegalArgumentException e) {
      throw new UnusableCheckpointException("it is no manifest: " + e.getMessage(), e);
    }
  }

  private static CheckpointFile file(Config config) {
    return new CheckpointFile(
        config.getString("path"), config.getLong("bytes"), config.getString("sha256"));
  }

  private static Segment segment(Config config) {
    return new Segment(file(config), config.getLong("first"), config.getLong("end"));
  }
}
