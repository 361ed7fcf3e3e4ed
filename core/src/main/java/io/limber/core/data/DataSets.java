package io.limber.core.data;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataSettings.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Loads data sets. Each source is read once per process; whoever asks again shares the same array,
 * and a limit is a view of it. Any thread.
 */
public final class DataSets {

  private static final int DIGITS = 10;
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
    return switch (source.name()) {
      case MNIST ->
          source
              .directory()
              .map(directory -> readMnist(directory, source.split()))
              .orElseGet(DataSets::embeddedMnist);
    };
  }

  private static LabelledImages embeddedMnist() {
    return IdxImages.load(
        "embedded MNIST test images",
        DIGITS,
        List.of(
            new IdxImages.Part(
                axes -> IdxFile.openResource("mnist/t10k-images-idx3-ubyte.gz", axes),
                axes -> IdxFile.openResource("mnist/t10k-labels-idx1-ubyte.gz", axes))));
  }

  private static LabelledImages readMnist(Path directory, Split split) {
    List<IdxImages.Part> parts =
        switch (split) {
          case TRAIN -> List.of(mnistPart(directory, "train"));
          case TEST -> List.of(mnistPart(directory, "t10k"));
          case ALL -> List.of(mnistPart(directory, "train"), mnistPart(directory, "t10k"));
        };
    String which =
        switch (split) {
          case TRAIN -> "training";
          case TEST -> "test";
          case ALL -> "training and test";
        };
    return IdxImages.load("MNIST " + which + " images of " + directory, DIGITS, parts);
  }

  private static IdxImages.Part mnistPart(Path directory, String prefix) {
    return new IdxImages.Part(
        axes -> IdxFile.open(find(directory, prefix + "-images-idx3-ubyte"), axes),
        axes -> IdxFile.open(find(directory, prefix + "-labels-idx1-ubyte"), axes));
  }

  /** The plain file where there are both: it reads faster. */
  private static Path find(Path directory, String name) {
    return Stream.of(directory.resolve(name), directory.resolve(name + ".gz"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new DataFileException(
                    directory.resolve(name)
                        + ": is not there, nor is "
                        + name
                        + ".gz; fetch the files (limber data fetch mnist) and set"
                        + " limber.data.directory to their folder, or leave it empty for the"
                        + " embedded test images"));
  }
}
