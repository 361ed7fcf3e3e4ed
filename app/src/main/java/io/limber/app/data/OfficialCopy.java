package io.limber.app.data;

import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.ImageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Official files in another folder. They are read once before, so that no damaged one is kept. */
final class OfficialCopy implements ImportSource {

  private static final int BUFFER = 1 << 16;

  private final ImageFiles official;

  OfficialCopy(ImageFiles official) {
    this.official = official;
  }

  @Override
  public String description() {
    return "official files of " + official.present().get(0).toAbsolutePath().getParent();
  }

  @Override
  public List<String> files() {
    return official.present().stream().map(file -> file.getFileName().toString()).toList();
  }

  @Override
  public long totalBytes() {
    long total = 0;
    for (Path file : official.present()) {
      try {
        total += Files.size(file);
      } catch (IOException e) {
        throw DataFileException.unreadable(file.toString(), e);
      }
    }
    return total;
  }

  @Override
  public void writeTo(StagedFolder folder) throws IOException {
    official.read(Split.ALL);
    byte[] buffer = new byte[BUFFER];
    for (Path file : official.present()) {
      folder.start(file.getFileName().toString());
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          folder.write(buffer, read);
        }
      }
    }
  }
}
