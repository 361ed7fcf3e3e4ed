package io.limber.streams.metrics;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that whole records are appended to. A write that fails halfway is taken back, and what was
 * not written is kept, within bounds, and tried again at the next flush: a disk that was full for a
 * while costs nothing. Once the bound is reached, and where it is closed while the disk is full,
 * records are lost and counted. One owner, but for {@link #lost}.
 */
public final class AppendFile implements Closeable {

  /** Days of reports; past it the disk will hardly come back. */
  private static final int MAX_PENDING_BYTES = 16 << 20;

  private final Path path;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final AtomicLong lost = new AtomicLong();
  private int waiting; // records in pending
  private boolean failing;
  private FileChannel channel; // opened by the first flush, and anew after a failed one
  private long end = -1; // of what was written as a whole; known once the file was opened

  /**
   * @param path made at the first flush, its folder too; appended to if it is there
   */
  public AppendFile(Path path) {
    this.path = path;
  }

  /**
   * Takes a record, which the next {@link #flush} writes.
   *
   * @throws IOException if too much waits already; the record is lost
   */
  public void append(byte[] record) throws IOException {
    if (pending.size() + record.length > MAX_PENDING_BYTES) {
      lost.incrementAndGet();
      throw new IOException(
          path + ": " + pending.size() + " bytes could not be written yet; a record is lost");
    }
    pending.writeBytes(record);
    waiting++;
  }

  /** Whether the last flush failed: the next one may be left to the clock. */
  boolean failing() {
    return failing;
  }

  /** Records lost so far; any thread. */
  public long lost() {
    return lost.get();
  }

  /** Writes all that waits, or nothing of it. */
  public void flush() throws IOException {
    if (pending.size() == 0) {
      return;
    }
    failing = true; // until it has worked
    if (channel == null) {
      open();
    }
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
    end += bytes.limit();
    pending.reset();
    waiting = 0;
    failing = false;
  }

  /** Writes all that waits and syncs it to the disk; returns the file's length. */
  long sync() throws IOException {
    flush();
    if (channel == null) {
      open();
    }
    channel.force(true);
    return end;
  }

  /**
   * Flushes, and closes in any case.
   *
   * @throws IOException if that is not possible; what waited is lost
   */
  @Override
  public void close() throws IOException {
    try {
      flush();
    } catch (IOException e) {
      lost.addAndGet(waiting);
      throw new IOException(path + ": " + waiting + " records are lost: " + e.getMessage(), e);
    } finally {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private void open() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (end < 0) {
      end = channel.size();
    }
  }

  /** Cuts off what was written in part, and closes: an interrupt, for one, spoils a channel. */
  private void takeBack(IOException reason) {
    try (FileChannel spoilt = channel) {
      channel = null;
      spoilt.truncate(end);
    } catch (IOException e) {
      reason.addSuppressed(e); // the next flush writes over it
    }
  }
}
