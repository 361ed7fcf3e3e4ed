package io.limber.testkit;

import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Manifest;
import io.limber.core.checkpoint.UnusableCheckpointException;
import io.limber.core.state.SavedState;
import io.limber.protos.StateCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A checkpoint whose checksums are right, and which a part cannot go on from all the same. */
public final class DamagedCheckpoint {

  private DamagedCheckpoint() {}

  /**
   * Puts another state in the place of a part's, and makes the checkpoint whole again.
   *
   * @param part by its name in {@code actors.state}
   */
  public static void replace(Checkpoint checkpoint, String part, SavedState state)
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
    Path actors = staging.resolve("actors.state");
    SavedState saved = StateCodec.load(actors);
    SavedState.Builder altered = SavedState.builder();
    for (String name : saved.names()) {
      altered.put(name, name.equals(part) ? state : saved.part(name));
    }
    StateCodec.save(altered.build(), actors);
    all.complete(staging, manifest);
  }
}
