package io.limber.app.run;

import io.limber.core.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * The files of one run, as DESIGN section 6 lists them. Immutable.
 *
 * @param path absolute
 */
public record RunFolder(Path path) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Makes {@code path}, which must be new or empty, so that no two runs mix their files.
   *
   * @throws RunFolderException otherwise
   */
  public static RunFolder at(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      if (Files.isDirectory(folder)) {
        refuseUnlessEmpty(folder);
      }
      return new RunFolder(Files.createDirectories(folder));
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * The folder of a run that was started before.
   *
   * @throws RunFolderException if there is none
   */
  public static RunFolder existing(Path path) {
    RunFolder folder = new RunFolder(path.toAbsolutePath().normalize());
    if (!Files.isRegularFile(folder.config())) {
      throw new RunFolderException(
          "run folder %s must be that of a run, but holds no %s; limber train makes one"
              .formatted(folder.path(), folder.config().getFileName()));
    }
    return folder;
  }

  /** Whether a run was started in this folder and did not do all its updates. */
  public static boolean holdsUnfinished(Path path) {
    RunFolder folder = new RunFolder(path.toAbsolutePath().normalize());
    return Files.isRegularFile(folder.config()) && !folder.finished();
  }

  /** Whether all updates of its run are done. */
  boolean finished() {
    return RunEnd.of(this).filter(RunEnd::completed).isPresent();
  }

  private static void refuseUnlessEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .findFirst()
          .ifPresent(
              entry -> {
                throw new RunFolderException(
                    "run folder %s must be new or empty, but holds %s; name another folder with --run-dir or remove this one"
                        .formatted(folder, entry.getFileName()));
              });
    }
  }

  /**
   * Makes a folder of its own below {@code parent}, named after time, task and seed; a number is
   * appended where the name is taken.
   *
   * @throws RunFolderException if it cannot be made
   */
  public static RunFolder below(Path parent, Instant start, String kind, long seed) {
    Path runs = parent.toAbsolutePath().normalize();
    String name = STAMP.format(start) + "-" + kind + "-s" + seed;
    try {
      Files.createDirectories(runs);
      for (int i = 1; ; i++) {
        try {
          return new RunFolder(Files.createDirectory(runs.resolve(i == 1 ? name : name + "-" + i)));
        } catch (FileAlreadyExistsException taken) {
          continue; // by a run that started in the same second: the next number
        }
      }
    } catch (IOException e) {
      throw unusable(runs, e);
    }
  }

  private static RunFolderException unusable(Path folder, IOException e) {
    return new RunFolderException(
        "run folder " + folder + " must be a folder that can be written: " + e, e);
  }

  /** The effective configuration; {@code --config} reads it back. */
  public Path config() {
    return path.resolve("config.conf");
  }

  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** What rules of {@code limber.alerts} began and ceased to fire, one JSON object per line. */
  public Path alerts() {
    return path.resolve("alerts.jsonl");
  }

  /** TensorBoard's event files. */
  public Path events() {
    return path.resolve("events");
  }

  /** What TensorFlow ran, as SavedModels. */
  public Path programs() {
    return path.resolve("program");
  }

  /** Parameter snapshots. */
  public Path snapshots() {
    return path.resolve("snapshots");
  }

  /** What the program had to say, warnings and details. */
  public Path log() {
    return path.resolve("run.log");
  }

  /** What the run can go on from. */
  public CheckpointFolder checkpoints() {
    return new CheckpointFolder(path.resolve("checkpoints"));
  }

  /** Who writes the folder. */
  Path lock() {
    return path.resolve("run.lock");
  }

  /** How the run ended, one JSON object. */
  public Path summary() {
    return path.resolve("summary.json");
  }
}
