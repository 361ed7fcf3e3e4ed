package io.limber.core.data;

import io.limber.core.data.FetchSettings.RemoteFile;
import io.limber.core.hash.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** A {@link StagedFile} that is published only if its size and checksum are the expected ones. */
final class StagedDownload implements Closeable {

  /** Told the bytes written so far. */
  @FunctionalInterface
  interface Progress {
    void at(long bytes);
  }

  private final RemoteFile file;
  private final StagedFile staged;
  private final MessageDigest digest = Sha256.newDigest();

  private StagedDownload(RemoteFile file, StagedFile staged) {
    this.file = file;
    this.staged = staged;
  }

  /**
   * Makes the empty temporary file.
   *
   * @throws FetchException if the folder cannot be written or has no room for the file
   */
  static StagedDownload create(Path directory, RemoteFile file) throws FetchException {
    StagedFile staged = StagedFile.create(directory.resolve(file.name()), file.bytes());
    return new StagedDownload(file, staged);
  }

  /** Bytes written so far. */
  long bytes() {
    return staged.bytes();
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
      if (bytes() + piece.length > file.bytes()) {
        throw new FetchException(
            staged.target()
                + ": more than the expected "
                + file.bytes()
                + " bytes arrived;"
                + " check limber.fetch base-url, which may lead to another file");
      }
      digest.update(piece);
      staged.write(piece, 0, piece.length);
    }
  }

  /**
   * Checks the content, makes it durable and gives it its name.
   *
   * @param address where it came from, for messages
   * @throws FetchException if it is not the expected content
   */
  void publish(URI address) throws FetchException {
    if (bytes() < file.bytes()) {
      throw new FetchException(
          staged.target()
              + ": is truncated, "
              + bytes()
              + " of "
              + file.bytes()
              + " bytes arrived from "
              + address
              + "; try again");
    }
    String actual = Sha256.hex(digest);
    if (!actual.equals(file.sha256())) {
      throw new FetchException(
          staged.target()
              + ": has SHA-256 "
              + actual
              + ", expected "
              + file.sha256()
              + "; "
              + address
              + " serves another file or it was changed on the way, so it is not kept");
    }
    staged.publish();
  }

  /** Removes the temporary file, unless it has been published. */
  @Override
  public void close() throws IOException {
    staged.close();
  }
}
