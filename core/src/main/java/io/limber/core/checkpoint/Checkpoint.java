package io.limber.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A checkpoint's folder, whole or not. Immutable.
 *
 * @param path for instance {@code checkpoints/step-000010000}
 * @param step learner updates, by its name
 */
public record Checkpoint(Path path, long step) {

  static final String MANIFEST = "manifest.json";
  static final String DONE = "DONE";
  static final String SUPERSEDED = "SUPERSEDED";

  /** A hundred thousand files; more must not be read. */
  private static final int MAX_MANIFEST_BYTES = 32 << 20;

  /**
   * What it consists of. The marker holds the manifest's checksum, so that one of the two cannot
   * belong to another checkpoint; the files themselves are not looked at.
   *
   * @throws UnusableCheckpointException if the checkpoint was never completed, or marker or
   *     manifest was altered
   */
  public Manifest manifest() throws UnusableCheckpointException {
    if (Files.exists(path.resolve(SUPERSEDED))) {
      throw new UnusableCheckpointException(
          path + " is superseded: the run went on from an older checkpoint since");
    }
    return written();
  }

  /** As {@link #manifest}, superseded or not. */
  Manifest written() throws UnusableCheckpointException {
    byte[] done = read(DONE, 1 << 10);
    byte[] manifest = read(MANIFEST, MAX_MANIFEST_BYTES);
    if (!new String(done, UTF_8).equals(Sha256.of(manifest))) {
      throw new UnusableCheckpointException(
          path.resolve(MANIFEST) + " was altered: its checksum is not the one in " + DONE);
    }
    try {
      return Manifest.parse(new String(manifest, UTF_8));
    } catch (UnusableCheckpointException e) {
      throw new UnusableCheckpointException(path.resolve(MANIFEST) + ": " + e.getMessage(), e);
    }
  }

  private byte[] read(String name, int limit) throws UnusableCheckpointException {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw new UnusableCheckpointException(
          file + " is missing: the checkpoint was not completed, or was damaged since");
    }
    try {
      if (Files.size(file) > limit) {
        throw new UnusableCheckpointException(
            file + " has " + Files.size(file) + " bytes, more than " + limit);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableCheckpointException(file + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads every byte and compares it with the manifest.
   *
   * @throws UnusableCheckpointException naming the first file that is not what it was
   */
  public Manifest verify() throws UnusableCheckpointException {
    Manifest manifest = manifest();
    List<CheckpointFile> files = new ArrayList<>(manifest.files());
    manifest.segments().forEach(segment -> files.add(segment.file()));
    // most bytes are in a few segments: one thread would be the time of a resume
    Optional<String> problem =
        files.parallelStream()
            .flatMap(file -> file.problemIn(path.getParent()).stream())
            .findFirst();
    if (problem.isPresent()) {
      throw new UnusableCheckpointException(problem.get());
    }
    requireNothingElse(manifest);
    return manifest;
  }

  /** A file that nobody vouches for would be read as if it were part of the learner's state. */
  private void requireNothingElse(Manifest manifest) throws UnusableCheckpointException {
    List<Path> known =
        Stream.concat(
                manifest.files().stream().map(file -> path.getParent().resolve(file.path())),
                Stream.of(path.resolve(MANIFEST), path.resolve(DONE)))
            .toList();
    try {
      for (Path file : Durable.files(path)) {
        if (!known.contains(file)) {
          throw new UnusableCheckpointException(file + " is not in the manifest");
        }
      }
    } catch (IOException e) {
      throw new UnusableCheckpointException(path + " cannot be read: " + e, e);
    }
  }
}
