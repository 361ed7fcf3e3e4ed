package io.limber.app.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The files of one sweep, which one process at a time may write: the lock goes with the process,
 * however that ends.
 */
public final class SweepFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private SweepFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes or opens the folder and locks it.
   *
   * @throws SweepFileException if another process has it, naming that process
   * @throws IOException if it cannot be written
   */
  public static SweepFolder open(Path path) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath().normalize());
    Path file = folder.resolve("sweep.lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      String owner = Files.readString(file).strip();
      channel.close();
      throw new SweepFileException(
          "sweep folder %s must not be in use; process %s has it: wait for it, or name another folder with --out"
              .formatted(folder, owner));
    }
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
    return new SweepFolder(folder, channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process has it
    }
  }

  public Path path() {
    return path;
  }

  /** Each agent has its run folder here, named after its key. */
  public Path agents() {
    return path.resolve("agents");
  }

  /** What there is to know of every agent, for scripts. */
  public Path status() {
    return path.resolve("agents.json");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
