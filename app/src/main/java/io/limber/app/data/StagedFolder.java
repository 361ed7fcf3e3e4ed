package io.limber.app.data;

import io.limber.core.data.DataFetcher;
import io.limber.core.data.StagedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that get their names together, once all are whole; what has none yet goes at the close. */
final class StagedFolder implements Closeable {

  private final Path directory;
  private final long totalBytes;
  private final DataFetcher.Progress progress;
  private final List<StagedFile> files = new ArrayList<>();
  private long written;

  StagedFolder(Path directory, long totalBytes, DataFetcher.Progress progress) {
    this.directory = directory;
    this.totalBytes = totalBytes;
    this.progress = progress;
  }

  /** Starts the next file; what {@link #write} gets from now on is part of it. */
  void start(String name) throws IOException {
    files.add(StagedFile.create(directory.resolve(name), totalBytes - written));
  }

  /** Appends to the file that was started last. */
  void write(byte[] content, int length) throws IOException {
    StagedFile file = files.get(files.size() - 1);
    file.write(content, 0, length);
    written += length;
    progress.at(file.target().getFileName().toString(), written, totalBytes);
  }

  void publish() throws IOException {
    for (StagedFile file : files) {
      file.publish();
    }
  }

  @Override
  public void close() throws IOException {
    for (StagedFile file : files) {
      file.close();
    }
  }
}
