package io.limber.core.checkpoint;

import io.limber.core.replay.RowCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Replay rows of a run's checkpoints, in files that never change. Immutable.
 *
 * @param checkpoints folder of all checkpoints; they lie in its {@code replay/}
 */
record SegmentFiles(Path checkpoints) {

  private static final String FOLDER = "replay";

  /** Makes a file that is not there yet. */
  @FunctionalInterface
  private interface Maker {
    void make(Path file) throws IOException;
  }

  /** As {@link CheckpointFolder#write}. */
  Segment write(RowCopy rows) throws IOException {
    Path file = newFile(rows.first(), rows.end(), Files::createFile);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Durable.HashingChannel out = new Durable.HashingChannel(channel);
      rows.writeTo(out);
      channel.force(true);
      Durable.sync(file.getParent());
      return new Segment(
          new CheckpointFile(name(file), channel.size(), out.sha256()), rows.first(), rows.end());
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * As {@link CheckpointFolder#adopt}.
   *
   * @param from the other folder of checkpoints
   */
  Segment adopt(Segment segment, Path from) throws IOException {
    Path source = from.resolve(segment.file().path());
    if (Files.size(source) != segment.file().bytes()) {
      throw new IOException(source + " is not there in full");
    }
    Path file = newFile(segment.first(), segment.end(), target -> linkOrCopy(source, target));
    Durable.sync(file);
    Durable.sync(file.getParent());
    return new Segment(
        new CheckpointFile(name(file), segment.file().bytes(), segment.file().sha256()),
        segment.first(),
        segment.end());
  }

  private static void linkOrCopy(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(source, target);
    }
  }

  /** Deletes all but these, named as {@link CheckpointFile#path} does. */
  void deleteExcept(Set<String> needed) throws IOException {
    Path folder = checkpoints.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!needed.contains(name(file))) {
          Files.delete(file);
        }
      }
    }
  }

  /** A name may be taken by rows of a timeline that the run has left: then the next is tried. */
  private Path newFile(long first, long end, Maker maker) throws IOException {
    Path folder = Files.createDirectories(checkpoints.resolve(FOLDER));
    for (int i = 1; ; i++) {
      String again = i == 1 ? "" : "-" + i;
      Path file = folder.resolve("rows-%012d-%012d%s.limber".formatted(first, end, again));
      try {
        maker.make(file);
        return file;
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
    }
  }

  private static String name(Path file) {
    return FOLDER + "/" + file.getFileName();
  }
}
