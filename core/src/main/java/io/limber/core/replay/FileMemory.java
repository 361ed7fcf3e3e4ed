package io.limber.core.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.limber.core.config.InvalidSettingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A memory-mapped file, which keeps the rows when the process dies.
 *
 * <p>Layout, little-endian: a page with the mark {@code LIMBRPLY}, format version (int32),
 * observation bytes (int32), row bytes (int32) and capacity (int32), the rest of it zero and free
 * for later use; then the rows, the i-th at 4096 + i · row bytes.
 *
 * <p>A file without the mark is never overwritten, and one file has one writer: it stays locked
 * until {@link #close}. Its blocks are allocated at creation, because a disk that fills up later
 * would show as a fault inside a memory access.
 */
final class FileMemory implements StoreMemory {

  static final int HEADER_BYTES = 4096;
  static final String MARK = "LIMBRPLY";
  static final int FORMAT_VERSION = 1;

  private static final int BLOCK_BYTES = 1 << 20;

  private final FileChannel channel;

  private FileMemory(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes a new, empty store file, in place of an older store file.
   *
   * @throws InvalidSettingException if the file is not a store file, is in use, or cannot be had in
   *     full; the message names it and says why
   */
  static FileMemory create(Path file, TransitionSpec spec, int capacity) {
    Path absolute = file.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      FileChannel channel = FileChannel.open(absolute, CREATE, READ, WRITE);
      try {
        refuseUnlessOurs(channel, file);
        channel.truncate(0);
        write(channel, 0, header(spec, capacity)); // first: a half-made file is known as ours
        allocate(channel, file, (long) capacity * TransitionStore.rowBytes(spec));
        return new FileMemory(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw refusal(file, "be a file that can be written in full: " + e);
    }
  }

  private static void refuseUnlessOurs(FileChannel channel, Path file) throws IOException {
    if (!lock(channel)) {
      throw refusal(file, "be used by one table at a time: another one holds it");
    }
    ByteBuffer start = ByteBuffer.allocate(MARK.length());
    while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
      // reads on until the mark is there or the file ends
    }
    boolean marked = new String(start.array(), US_ASCII).equals(MARK);
    if (channel.size() > 0 && !marked) {
      throw refusal(file, "be a replay store or not exist yet: it holds something else");
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null; // the channel keeps the lock until it is closed
    } catch (OverlappingFileLockException e) {
      return false; // held by a table of this process
    }
  }

  private static void allocate(FileChannel channel, Path file, long rowsBytes) throws IOException {
    long usable = Files.getFileStore(file.toAbsolutePath()).getUsableSpace();
    if (rowsBytes > usable) {
      throw refusal(
          file, "lie on a disk with room for " + rowsBytes + " bytes: it has " + usable + " left");
    }
    ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
    try {
      for (long done = 0; done < rowsBytes; done += BLOCK_BYTES) {
        zeros.clear().limit((int) Math.min(BLOCK_BYTES, rowsBytes - done));
        write(channel, HEADER_BYTES + done, zeros);
      }
    } catch (IOException e) {
      channel.truncate(0); // gives a full disk its room back
      throw e;
    }
  }

  private static ByteBuffer header(TransitionSpec spec, int capacity) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARK.getBytes(US_ASCII))
        .putInt(FORMAT_VERSION)
        .putInt(spec.observationBytes())
        .putInt(TransitionStore.rowBytes(spec))
        .putInt(capacity)
        .rewind();
  }

  private static void write(FileChannel channel, long position, ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  private static InvalidSettingException refusal(Path file, String rule) {
    return new InvalidSettingException("limber.replay.file", file, rule);
  }

  @Override
  public ByteBuffer segment(long position, int bytes) {
    try {
      return channel
          .map(FileChannel.MapMode.READ_WRITE, HEADER_BYTES + position, bytes)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new IllegalStateException("cannot map the replay store's file: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot close the replay store's file: " + e, e);
    }
  }
}
