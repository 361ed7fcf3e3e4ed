package io.limber.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.limber.app.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.util.function.Consumer;

/**
 * One process writes a run's folder. The operating system's lock on {@code run.lock} decides, and
 * goes with its process however that ends; the file's content says for people who holds it, and is
 * empty when nobody does.
 */
final class RunLock implements AutoCloseable {

  private static final int MAX_OWNER_BYTES = 4096;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, that of a dead process too.
   *
   * @param say is told of a dead owner
   * @throws RunFolderException naming the owner, if a living process has it
   */
  static RunLock acquire(RunFolder folder, Consumer<String> say) {
    try {
      FileChannel channel = FileChannel.open(folder.lock(), CREATE, READ, WRITE);
      try {
        String owner = owner(channel);
        if (!lock(channel)) {
          throw new RunFolderException(
              "run folder "
                  + folder.path()
                  + " is written by "
                  + describe(owner)
                  + ": a run has one writer at a time; end that process first");
        }
        if (!owner.isEmpty()) {
          say.accept("took over " + folder.path() + " from " + describe(owner) + ", which is gone");
        }
        write(channel, Json.document(RunOwner.self().toMap()));
        return new RunLock(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RunFolderException("run folder " + folder.path() + " cannot be locked: " + e, e);
    }
  }

  /** Who writes it now, for people; empty if nobody does. */
  static String holder(RunFolder folder) throws IOException {
    if (!Files.exists(folder.lock())) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(folder.lock(), READ, WRITE)) {
      return lock(channel) ? "" : describe(owner(channel));
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(); // kept until the channel is closed
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by a run of this process
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_OWNER_BYTES);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
      // reads on until the end
    }
    return new String(bytes.array(), 0, bytes.position(), UTF_8).strip();
  }

  private static String describe(String owner) {
    return RunOwner.parse(owner).map(RunOwner::toString).orElse("a process that left no name");
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    ByteBuffer bytes = UTF_8.encode(text);
    long position = 0;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /**
   * Leaves an empty file: deleting it would leave a process that has it open with a lock on
   * nothing.
   */
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new RunFolderException("run.lock cannot be given back: " + e, e);
    }
  }
}
