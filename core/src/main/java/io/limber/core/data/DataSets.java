package io.limber.core.data;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataSettings.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads data sets. Each source is read once per process; whoever asks again shares the same array,
 * and a limit is a view of it. Any thread.
 */
public final class DataSets {

  private static final Map<Source, LabelledImages> LOADED = new ConcurrentHashMap<>();

  private DataSets() {}

  /** What was read: the cache's key. */
  private record Source(DataSet name, Optional<Path> directory, Split split) {}

  /**
   * The labelled images that the settings name.
   *
   * @throws DataFileException if a file is missing or damaged; the message says how to mend it
   * @throws InvalidSettingException if {@code limber.data.limit} is larger than the data set
   */
  public static LabelledImages load(DataSettings settings) {
    Source source =
        new Source(
            settings.name(),
            settings.directory().map(directory -> directory.toAbsolutePath().normalize()),
            settings.directory().isPresent() ? settings.split() : Split.TEST);
    LabelledImages all = LOADED.computeIfAbsent(source, DataSets::read);
    if (settings.limit() == 0) {
      return all;
    }
    if (settings.limit() > all.size()) {
      throw new InvalidSettingException(
          "limber.data.limit",
          settings.limit(),
          "be at most " + all.size() + ": there are " + all.source());
    }
    return all.first(settings.limit());
  }

  private static LabelledImages read(Source source) {
    return source
        .directory()
        .map(directory -> source.name().in(directory).read(source.split()))
        .orElseGet(() -> embedded(source.name()));
  }

  private static LabelledImages embedded(DataSet set) {
    if (!set.embedded()) {
      throw new IllegalArgumentException(set + " needs a directory: it is not embedded");
    }
    return IdxImages.load(
        "embedded MNIST test images",
        DataSet.CLASSES,
        List.of(
            new IdxImages.Part(
                axes -> IdxFile.openResource("mnist/t10k-images-idx3-ubyte.gz", axes),
                axes -> IdxFile.openResource("mnist/t10k-labels-idx1-ubyte.gz", axes))));
  }
}
