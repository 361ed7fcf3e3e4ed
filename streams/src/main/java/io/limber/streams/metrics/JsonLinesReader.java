package io.limber.streams.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Reads {@code metrics.jsonl} while it grows: each {@link #read} hands on, in order, the whole
 * lines that came since the one before. About a million lines in three seconds; holds a line and a
 * buffer, whatever the file's size, and no open file between two reads. Not thread-safe.
 *
 * <p>A last line without its line break is left for the next read: it is still being written, or
 * its writer was killed. A whole line that is no report, which such a death leaves when the run is
 * resumed, and a line of more than a mebibyte are skipped and counted.
 */
public final class JsonLinesReader {

  private static final int LEAST_BUFFER = 1 << 16;

  /** Longer than a report of all metrics by far. */
  private static final int MOST_BUFFER = 1 << 20;

  private final Path file;
  private final JsonLineParser parser = new JsonLineParser();
  private byte[] buffer = new byte[LEAST_BUFFER];
  private long offset;
  private boolean inLongLine; // its beginning is thrown away already
  private long skippedLines;
  private long reports;

  /** Reads {@code file} from its beginning. */
  public JsonLinesReader(Path file) {
    this(file, 0);
  }

  /**
   * @param file need not exist yet
   * @param offset bytes to pass over, as {@link #offset} told earlier; not negative
   */
  public JsonLinesReader(Path file, long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset = " + offset + " must not be negative");
    }
    this.file = file;
    this.offset = offset;
  }

  /**
   * Hands the reports of all lines that are whole by now to {@code consumer}. What it throws goes
   * through, and its report counts as read.
   *
   * @return how many; 0 while there is no file
   * @throws IOException if the file cannot be read, or is shorter than what was read of it: it was
   *     cut back, and a new reader must begin
   */
  public long read(Consumer<? super TimedReport> consumer) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long before = reports;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < offset) {
        throw new IOException(
            file + " was cut back to " + channel.size() + " bytes after " + offset + " were read");
      }
      int length;
      while ((length = fill(channel)) > 0) {
        if (!consume(length, consumer)) {
          break;
        }
      }
    }
    return reports - before;
  }

  /** Bytes read so far: whole lines, but for a part of one that is too long. */
  public long offset() {
    return offset;
  }

  /** Values so far of metrics that this version does not have; they are skipped. */
  public long unknownMetrics() {
    return parser.unknownMetrics();
  }

  /** Lines so far that were no reports; they are skipped. */
  public long skippedLines() {
    return skippedLines;
  }

  private int fill(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer);
    int length = 0;
    while (bytes.hasRemaining() && length >= 0) {
      length = channel.read(bytes, offset + bytes.position());
    }
    return bytes.position();
  }

  /** Takes the whole lines of the buffer; false if there is none and no more to come. */
  private boolean consume(int length, Consumer<? super TimedReport> consumer) {
    int start = 0;
    int end;
    while ((end = lineBreak(start, length)) >= 0) {
      offset += end + 1 - start;
      line(start, end - start, consumer);
      start = end + 1;
    }
    if (start > 0) {
      return true;
    }
    if (length < buffer.length) {
      return false; // a line in the making
    }
    if (buffer.length < MOST_BUFFER) {
      buffer = new byte[2 * buffer.length];
    } else {
      offset += length;
      inLongLine = true;
    }
    return true;
  }

  private int lineBreak(int start, int length) {
    for (int i = start; i < length; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void line(int start, int length, Consumer<? super TimedReport> consumer) {
    if (inLongLine) {
      inLongLine = false;
      skippedLines++;
      return;
    }
    TimedReport report = null;
    try {
      report = parser.parse(buffer, start, length).orElse(null);
    } catch (IOException e) {
      skippedLines++;
    }
    if (report != null) {
      reports++;
      consumer.accept(report);
    }
  }
}
