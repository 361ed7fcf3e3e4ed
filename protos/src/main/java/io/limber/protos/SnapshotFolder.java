package io.limber.protos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Where one measured snapshot and the transitions that it was measured with are kept: {@code
 * <step>/parameters.limber} and {@code <step>/<probe>.transitions}. Immutable.
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

  /** What {@link TransitionsCodec} writes, drawn from replay for the probe of that name. */
  public Path transitions(String probe) {
    return path.resolve(probe + ".transitions");
  }
}
