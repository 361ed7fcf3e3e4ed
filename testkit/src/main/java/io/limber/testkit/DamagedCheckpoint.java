package io.limber.testkit;

import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Manifest;
import io.limber.core.checkpoint.UnusableCheckpointException;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A checkpoint whose checksums are right, and which a part cannot go on from all the same. */
public final class DamagedCheckpoint {

  private DamagedCheckpoint() {}

  /** Changes a file. */
  @FunctionalInterface
  public interface Edit {
    void apply(Path file) throws IOException;
  }

  /**
   * Changes one of its files, and makes the checkpoint whole again.
   *
   * @param name of the file, for instance {@code actors.state}
   */
  public static void edit(Checkpoint checkpoint, String name, Edit edit)
      throws IOException, UnusableCheckpointException {
    CheckpointFolder all = new CheckpointFolder(checkpoint.path().getParent());
    Manifest manifest = checkpoint.manifest();
    Path staging = all.stage(checkpoint.step());
    try (Stream<Path> files = Files.walk(checkpoint.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = staging.resolve(checkpoint.path().relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.delete(staging.resolve("manifest.json"));
    Files.delete(staging.resolve("DONE"));
    edit.apply(staging.resolve(name));
    all.complete(staging, manifest);
  }

  /** A state of parts with another state in the place of one. */
  public static SavedState with(SavedState saved, String part, SavedState state) {
    SavedState.Builder altered = SavedState.builder();
    for (String name : saved.names()) {
      altered.put(name, name.equals(part) ? state : saved.part(name));
    }
    return altered.build();
  }
}
