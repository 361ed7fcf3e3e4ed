package io.limber.core.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Batch files in a folder. */
record CifarFolder(Path directory) implements CifarSource {

  private static final int BUFFER = 1 << 16;

  @Override
  public List<Path> present() {
    return CifarImages.BATCHES.stream()
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  @Override
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (Path file : present()) {
      try {
        sizes.put(file.getFileName().toString(), Files.size(file));
      } catch (IOException e) {
        throw DataFileException.unreadable(file.toString(), e);
      }
    }
    return sizes;
  }

  @Override
  public String path(String batch) {
    return directory.resolve(batch).toString();
  }

  @Override
  public void read(Set<String> batches, Reader reader) {
    for (String batch : batches) {
      try (InputStream in =
          new BufferedInputStream(Files.newInputStream(directory.resolve(batch)), BUFFER)) {
        reader.read(batch, in);
      } catch (IOException e) {
        throw DataFileException.unreadable(path(batch), e);
      }
    }
  }
}
