package io.limber.core.checkpoint;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file that a checkpoint needs.
 *
 * @param path below the folder of all checkpoints, with slashes
 * @param bytes its length
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record CheckpointFile(String path, long bytes, String sha256) {

  public CheckpointFile {
    Path relative = Path.of(path);
    if (relative.isAbsolute() || !relative.normalize().equals(relative) || path.startsWith("..")) {
      throw new IllegalArgumentException("path = " + path + " must lie below the checkpoints");
    }
    if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(path + " must have a size and a SHA-256");
    }
  }

  /**
   * What is wrong with it on the disk; empty if nothing is. Reads every byte.
   *
   * @param folder of all checkpoints
   */
  public Optional<String> problemIn(Path folder) {
    Path file = folder.resolve(path);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      return Optional.of(file + " is missing");
    }
    try {
      long there = Files.size(file);
      if (there != bytes) {
        return Optional.of(file + " has " + there + " bytes where " + bytes + " were written");
      }
      return Sha256.of(file).equals(sha256)
          ? Optional.empty()
          : Optional.of(file + " was altered: its SHA-256 is another");
    } catch (IOException e) {
      return Optional.of(file + " cannot be read: " + e);
    }
  }
}
