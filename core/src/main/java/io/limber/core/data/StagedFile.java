package io.limber.core.data;

import io.limber.core.data.FetchSettings.RemoteFile;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;

/**
 * A download on its way: a temporary file in the target folder that gets its name once it is whole
 * and is removed otherwise, at a regular end of the process too.
 */
final class StagedFile implements Closeable {

  /** Told the bytes written so far. */
  @FunctionalInterface
  interface Progress {
    void at(long bytes);
  }

  private final RemoteFile file;
  private final Path target;
  private final Path temporary;
  private final FileOutputStream out; // not a channel, which an interrupt would close
  private final MessageDigest digest = Sha256.newDigest();
  private long bytes;

  private StagedFile(RemoteFile file, Path target, Path temporary, FileOutputStream out) {
    this.file = file;
    this.target = target;
    this.temporary = temporary;
    this.out = out;
  }

  /**
   * Makes the empty temporary file.
   *
   * @throws FetchException if the folder cannot be written or has no room for the file
   */
  static StagedFile create(Path directory, RemoteFile file) throws FetchException {
    Path target = directory.resolve(file.name());
    Path temporary = directory.resolve("." + file.name() + "." + UUID.randomUUID() + ".part");
    try {
      checkRoom(target, file);
      temporary.toFile().deleteOnExit(); // Ctrl-C ends the process without unwinding this thread
      return new StagedFile(file, target, temporary, new FileOutputStream(temporary.toFile()));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static void checkRoom(Path target, RemoteFile file) throws IOException {
    long free = Files.getFileStore(target.getParent()).getUsableSpace();
    if (free < file.bytes()) {
      throw new IOException("it needs " + file.bytes() + " bytes, " + free + " are free");
    }
  }

  /** Bytes written so far. */
  long bytes() {
    return bytes;
  }

  /**
   * Appends.
   *
   * @throws FetchException if the disk refuses or the file grows beyond its size
   */
  void write(List<ByteBuffer> buffers) throws FetchException {
    for (ByteBuffer buffer : buffers) {
      byte[] piece = new byte[buffer.remaining()];
      buffer.get(piece);
      bytes += piece.length;
      if (bytes > file.bytes()) {
        throw new FetchException(
            target
                + ": more than the expected "
                + file.bytes()
                + " bytes arrived;"
                + " check limber.fetch base-url, which may lead to another file");
      }
      digest.update(piece);
      try {
        out.write(piece);
      } catch (IOException e) {
        throw unwritable(target, e);
      }
    }
  }

  /**
   * Checks the content, makes it durable and gives it its name.
   *
   * @param address where it came from, for messages
   * @throws FetchException if it is not the expected content
   */
  void publish(URI address) throws FetchException {
    if (bytes < file.bytes()) {
      throw new FetchException(
          target
              + ": is truncated, "
              + bytes
              + " of "
              + file.bytes()
              + " bytes arrived from "
              + address
              + "; try again");
    }
    String actual = Sha256.hex(digest);
    if (!actual.equals(file.sha256())) {
      throw new FetchException(
          target
              + ": has SHA-256 "
              + actual
              + ", expected "
              + file.sha256()
              + "; "
              + address
              + " serves another file or it was changed on the way, so it is not kept");
    }
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
