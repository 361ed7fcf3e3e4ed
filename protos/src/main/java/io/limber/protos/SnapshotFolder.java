package io.limber.protos;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterSnapshot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where one measured snapshot and the transitions that it was measured with are kept: {@code
 * <step>/parameters.limber}, {@code target.limber} and {@code optimizer.limber}, and {@code
 * <probe>.transitions}. Immutable.
 *
 * @param path the folder of the step
 */
public record SnapshotFolder(Path path) {

  private static final String PARAMETERS = "parameters.limber";

  /**
   * The folder of one step; it need not exist.
   *
   * @param snapshots the folder of all snapshots of a run
   */
  public static SnapshotFolder of(Path snapshots, long step) {
    return new SnapshotFolder(snapshots.resolve(Long.toString(step)));
  }

  /**
   * All folders that hold parameters, by their step.
   *
   * @throws IOException if {@code snapshots} cannot be listed
   */
  public static TreeMap<Long, SnapshotFolder> in(Path snapshots) throws IOException {
    TreeMap<Long, SnapshotFolder> folders = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(snapshots)) {
      for (Path entry : entries) {
        SnapshotFolder folder = new SnapshotFolder(entry);
        String name = entry.getFileName().toString();
        // 18 digits: what fits in a long for certain
        if (name.matches("[0-9]{1,18}") && Files.isRegularFile(folder.parameters())) {
          folders.put(Long.parseLong(name), folder);
        }
      }
    }
    return folders;
  }

  /** What {@link SnapshotCodec} writes. */
  public Path parameters() {
    return path.resolve(PARAMETERS);
  }

  /** What {@link SnapshotCodec} writes, of the target network. */
  public Path target() {
    return path.resolve("target.limber");
  }

  /** What {@link SnapshotCodec} writes, of the optimiser's slots. */
  public Path optimizer() {
    return path.resolve("optimizer.limber");
  }

  /**
   * Writes the agent, each file as a whole or not at all; the online parameters come last, so that
   * where they are the others are too.
   */
  public void save(AgentSnapshot snapshot) throws IOException {
    if (snapshot.target().isPresent()) {
      SnapshotCodec.save(snapshot.target().get(), target());
    }
    if (snapshot.optimizer().isPresent()) {
      SnapshotCodec.save(snapshot.optimizer().get(), optimizer());
    }
    SnapshotCodec.save(snapshot.online(), parameters());
  }

  /**
   * Reads what {@link #save} wrote; target network and optimiser are empty where their files are
   * not there.
   *
   * @throws MalformedDataException if a file is damaged; the message begins with its name
   */
  public AgentSnapshot load() throws IOException {
    ParameterSnapshot online = SnapshotCodec.load(parameters());
    Optional<ParameterSnapshot> target = loadIfThere(target());
    if (target.isPresent() && !target.get().layout().equals(online.layout())) {
      throw new MalformedDataException(
          target() + ": its architecture is not the one of " + parameters());
    }
    return new AgentSnapshot(online, target, loadIfThere(optimizer()));
  }

  private static Optional<ParameterSnapshot> loadIfThere(Path file) throws IOException {
    return Files.isRegularFile(file) ? Optional.of(SnapshotCodec.load(file)) : Optional.empty();
  }

  /** Deletes the agent; transitions stay. */
  public void deleteAgent() throws IOException {
    Files.deleteIfExists(parameters());
    Files.deleteIfExists(target());
    Files.deleteIfExists(optimizer());
  }

  /** What {@link TransitionsCodec} writes, drawn from replay for the probe of that name. */
  public Path transitions(String probe) {
    return path.resolve(probe + ".transitions");
  }
}
