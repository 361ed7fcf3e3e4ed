package io.limber.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Batch files in the official archive, read where they are; see docs/adr/014. */
record CifarArchive(Path archive) implements CifarSource {

  static final String NAME = "cifar-10-binary.tar.gz";

  /** What is done with each file of the archive. */
  @FunctionalInterface
  private interface Visitor {
    void visit(String batch, TarReader tar) throws IOException;
  }

  @Override
  public List<Path> present() {
    return List.of(archive);
  }

  @Override
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    walk((batch, tar) -> sizes.put(batch, tar.size()));
    return sizes;
  }

  @Override
  public String path(String batch) {
    return archive + "!" + batch;
  }

  @Override
  public void read(Set<String> batches, Reader reader) {
    walk(
        (batch, tar) -> {
          if (batches.contains(batch)) {
            reader.read(batch, tar.content());
          }
        });
  }

  /** To the very end, because the checksum stands there. */
  private void walk(Visitor visitor) {
    try (TarReader tar = TarReader.open(archive)) {
      while (tar.next()) {
        String batch = tar.name().substring(tar.name().lastIndexOf('/') + 1);
        if (CifarImages.BATCHES.contains(batch)) {
          visitor.visit(batch, tar);
        }
      }
    } catch (IOException e) {
      throw DataFileException.unreadable(archive.toString(), e);
    }
  }
}
