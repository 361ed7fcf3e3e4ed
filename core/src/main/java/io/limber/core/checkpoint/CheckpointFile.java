package io.limber.core.checkpoint;

import java.nio.file.Path;

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
}
