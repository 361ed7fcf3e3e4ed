package io.limber.core.checkpoint;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that survive a power failure. */
final class Durable {

  private Durable() {}

  /** Writes a new file and syncs it; the folder is synced by whoever needs its name. */
  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Syncs a file, or the names in a folder. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a folder and all in it, or nothing if it is not there. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder, NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  /** Regular files below a folder, sorted, so that manifests of equal content are equal. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> Files.isRegularFile(path, NOFOLLOW_LINKS)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Passes bytes on and sums them up. */
  static final class HashingChannel implements WritableByteChannel {

    private final WritableByteChannel out;
    private final MessageDigest digest = Sha256.newDigest();

    HashingChannel(WritableByteChannel out) {
      this.out = out;
    }

    String sha256() {
      return Sha256.hex(digest);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      ByteBuffer all = bytes.duplicate();
      int written = out.write(bytes);
      digest.update(all.limit(all.position() + written));
      return written;
    }

    @Override
    public boolean isOpen() {
      return out.isOpen();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
