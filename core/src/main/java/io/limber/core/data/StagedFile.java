package io.limber.core.data;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A data file on its way: a temporary file in the target folder that gets its name once it is whole
 * and is removed otherwise, at a regular end of the process too. One thread.
 */
public final class StagedFile implements Closeable {

  private final Path target;
  private final Path temporary;
  private final FileOutputStream out; // not a channel, which an interrupt would close
  private long bytes;

  private StagedFile(Path target, Path temporary, FileOutputStream out) {
    this.target = target;
    this.temporary = temporary;
    this.out = out;
  }

  /**
   * Makes the empty temporary file.
   *
   * @param target what the file will be called; its folder is made if it is not there
   * @param expectedBytes room that must be free
   * @throws FetchException if the folder cannot be made or written, or has no room for the file
   */
  public static StagedFile create(Path target, long expectedBytes) throws FetchException {
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.createDirectories(target.getParent());
      checkRoom(target, expectedBytes);
      temporary.toFile().deleteOnExit(); // Ctrl-C ends the process without unwinding this thread
      return new StagedFile(target, temporary, new FileOutputStream(temporary.toFile()));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static void checkRoom(Path target, long bytes) throws IOException {
    long free = Files.getFileStore(target.getParent()).getUsableSpace();
    if (free < bytes) {
      throw new IOException("it needs " + bytes + " bytes, " + free + " are free");
    }
  }

  /** What the file will be called. */
  public Path target() {
    return target;
  }

  /** Bytes written so far. */
  public long bytes() {
    return bytes;
  }

  /**
   * Appends.
   *
   * @throws FetchException if the disk refuses
   */
  public void write(byte[] content, int offset, int length) throws FetchException {
    try {
      out.write(content, offset, length);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    bytes += length;
  }

  /**
   * Makes the content durable and gives it its name.
   *
   * @throws FetchException if the disk refuses
   */
  public void publish() throws FetchException {
    try {
      out.getFD().sync();
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Removes the temporary file, unless it has been published. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(temporary);
  }

  /** The rename itself must survive a power cut; POSIX wants the folder synced for that. */
  private void syncDirectory() throws IOException {
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (ClosedByInterruptException e) {
      // the file is whole and in its place; the interrupt stays set for the caller to see
    }
  }

  private static FetchException unwritable(Path target, IOException e) {
    return new FetchException(
        target
            + ": cannot be written ("
            + e.getMessage()
            + "); check the room and the permissions"
            + " of its folder or set limber.fetch.directory",
        e);
  }
}
