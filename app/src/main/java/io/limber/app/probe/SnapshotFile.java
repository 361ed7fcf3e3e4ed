package io.limber.app.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.protos.MalformedDataException;
import io.limber.protos.SnapshotCodec;
import io.limber.protos.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot on disk and what lies around it. Immutable.
 *
 * @param path the file, absolute
 */
public record SnapshotFile(Path path) {

  /** {@code RUN/snapshots/STEP/parameters.limber} is the deepest place in a run folder. */
  private static final int LEVELS_TO_RUN = 3;

  private static final String CONFIG = "config.conf";
  private static final String FINAL = "final.limber";

  /**
   * Finds what a user names.
   *
   * @param given a snapshot, the folder of a step, or the folder of a run or of its snapshots, of
   *     which the newest snapshot is taken; of two of the same step the one that has transitions
   * @throws UnusableSnapshotException if there is none
   * @throws IOException if a folder cannot be listed, or a final snapshot is damaged
   */
  public static SnapshotFile find(Path given) throws IOException {
    Path path = given.toAbsolutePath().normalize();
    if (Files.isRegularFile(path)) {
      return new SnapshotFile(path);
    }
    if (!Files.isDirectory(path)) {
      throw new UnusableSnapshotException("snapshot " + path + " must be there to be measured");
    }
    Path parameters = new SnapshotFolder(path).parameters();
    if (Files.isRegularFile(parameters)) {
      return new SnapshotFile(parameters);
    }
    Path snapshots = path.resolve("snapshots");
    return newest(Files.isDirectory(snapshots) ? snapshots : path);
  }

  private static SnapshotFile newest(Path snapshots) throws IOException {
    Map.Entry<Long, SnapshotFolder> kept = SnapshotFolder.in(snapshots).lastEntry();
    Path last = snapshots.resolve(FINAL);
    if (Files.exists(last) && (kept == null || SnapshotCodec.load(last).step() > kept.getKey())) {
      return new SnapshotFile(last);
    }
    if (kept == null) {
      throw new UnusableSnapshotException(
          "folder " + snapshots + " must hold a snapshot: " + FINAL + " or STEP/parameters.limber");
    }
    return new SnapshotFile(kept.getValue().parameters());
  }

  /**
   * Reads it, with target network and optimiser where they lie beside it.
   *
   * @throws MalformedDataException if a file is damaged; the message begins with its name
   */
  AgentSnapshot load() throws IOException {
    SnapshotFolder folder = new SnapshotFolder(path.getParent());
    return path.equals(folder.parameters())
        ? folder.load()
        : AgentSnapshot.of(SnapshotCodec.load(path));
  }

  /** The configuration of the run that made it, if it still lies in its run folder. */
  public Optional<Path> config() {
    Path folder = path.getParent();
    for (int i = 0; i < LEVELS_TO_RUN && folder != null; i++) {
      Path config = folder.resolve(CONFIG);
      if (Files.isRegularFile(config)) {
        return Optional.of(config);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  /** The transitions with which the run measured it, if it kept them. */
  Optional<Path> transitions(String probe) {
    SnapshotFolder folder = new SnapshotFolder(path.getParent());
    return Optional.of(folder.transitions(probe))
        .filter(file -> path.equals(folder.parameters()) && Files.isRegularFile(file));
  }

  /** The folder in which it lies. */
  public Path folder() {
    return path.getParent();
  }
}
