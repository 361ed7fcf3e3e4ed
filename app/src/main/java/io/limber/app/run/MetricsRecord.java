package io.limber.app.run;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** {@code metrics.jsonl} of a run that is resumed. */
final class MetricsRecord {

  private MetricsRecord() {}

  /**
   * Cuts the file back to what it was at a checkpoint. What is cut off, because it will be reported
   * again, lies beside it afterwards: nothing is lost.
   *
   * @param bytes its length then; −1 if there was none
   * @param say is told if lines are missing
   * @return what the lines that stay say
   */
  static Readings cutBack(RunFolder folder, long step, long bytes, Consumer<String> say)
      throws IOException {
    Path file = folder.metrics();
    Readings readings = new Readings();
    if (bytes < 0 || !Files.exists(file)) {
      return readings;
    }
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      if (channel.size() > bytes) {
        copyTail(channel, bytes, newFile(folder, step));
        channel.truncate(bytes);
        channel.force(true);
      } else if (channel.size() < bytes) {
        say.accept(file + " is shorter than it was at step " + step + ": lines are missing");
      }
    }
    new JsonLinesReader(file).read(timed -> readings.add(timed.report()));
    return readings;
  }

  private static Path newFile(RunFolder folder, long step) {
    for (int i = 1; ; i++) {
      Path file =
          folder.path().resolve("metrics-after-%d%s.jsonl".formatted(step, i == 1 ? "" : "-" + i));
      if (!Files.exists(file)) {
        return file;
      }
    }
  }

  private static void copyTail(FileChannel from, long position, Path file) throws IOException {
    try (FileChannel to = FileChannel.open(file, CREATE_NEW, WRITE)) {
      long end = from.size();
      for (long at = position; at < end; ) {
        at += from.transferTo(at, end - at, to);
      }
      to.force(true);
    }
  }
}
