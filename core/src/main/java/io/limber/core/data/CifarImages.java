package io.limber.core.data;

import io.limber.core.data.DataSettings.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** CIFAR-10's binary batches: five of training images and one of test images. */
final class CifarImages implements ImageFiles {

  private static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  private static final List<String> TEST = List.of("test_batch.bin");

  /** Names of the batch files, in the order of their images. */
  static final List<String> BATCHES = Stream.of(TRAIN, TEST).flatMap(List::stream).toList();

  private static final List<Integer> SHAPE =
      List.of(CifarRecords.SIDE, CifarRecords.SIDE, CifarRecords.CHANNELS);
  private static final int MOST_IMAGES = (Integer.MAX_VALUE - 8) / CifarRecords.IMAGE; // one array

  private final DataSet set;
  private final Path given;
  private final CifarSource source;

  private CifarImages(DataSet set, Path given, CifarSource source) {
    this.set = set;
    this.given = given;
    this.source = source;
  }

  /**
   * Finds the batch files.
   *
   * @param given their folder; or the folder that the archive unpacks to, or has the archive; or
   *     the archive itself. Files win over an archive: they read faster
   */
  static ImageFiles in(DataSet set, Path given) {
    CifarFolder folder = new CifarFolder(given);
    CifarFolder unpacked = new CifarFolder(given.resolve("cifar-10-batches-bin"));
    Path archive = Files.isRegularFile(given) ? given : given.resolve(CifarArchive.NAME);
    CifarSource source = folder;
    if (folder.present().isEmpty()) {
      if (!unpacked.present().isEmpty()) {
        source = unpacked;
      } else if (Files.isRegularFile(archive)) {
        source = new CifarArchive(archive);
      }
    }
    return new CifarImages(set, given, source);
  }

  @Override
  public List<Path> present() {
    return source.present();
  }

  @Override
  public int count(Split split) {
    return sum(records(split));
  }

  @Override
  public LabelledImages read(Split split) {
    Map<String, Integer> records = records(split);
    int images = sum(records);
    byte[] pixels = new byte[images * CifarRecords.IMAGE];
    byte[] labels = new byte[images];
    Map<String, Integer> firsts = firsts(records);
    source.read(
        records.keySet(),
        (batch, in) ->
            CifarRecords.read(
                source.path(batch), in, firsts.get(batch), records.get(batch), pixels, labels));
    String name = images + " " + set.title() + " " + split.words() + " images of " + given;
    return LabelledImages.owning(name, SHAPE, DataSet.CLASSES, pixels, labels);
  }

  /** Images in each batch of {@code split}, in order, by the sizes of the files. */
  private Map<String, Integer> records(Split split) {
    Map<String, Long> sizes = source.sizes();
    Map<String, Integer> records = new LinkedHashMap<>();
    long left = MOST_IMAGES;
    for (String batch : split.parts().stream().flatMap(part -> batches(part).stream()).toList()) {
      Long bytes = sizes.get(batch);
      if (bytes == null) {
        throw missing(batch);
      }
      long images = bytes / CifarRecords.RECORD;
      if (images == 0 || bytes % CifarRecords.RECORD != 0) {
        throw DataFileException.corrupt(
            source.path(batch),
            "has " + bytes + " bytes, which is no whole number of images of 3073 bytes");
      }
      left -= images;
      if (left < 0) {
        throw DataFileException.corrupt(
            source.path(batch), "holds more images than fit into one array");
      }
      records.put(batch, (int) images);
    }
    return records;
  }

  private static List<String> batches(Split part) {
    return part == Split.TRAIN ? TRAIN : TEST;
  }

  private DataFileException missing(String batch) {
    String alternatives =
        source.present().isEmpty() ? ", nor is " + CifarArchive.NAME : ", although others are";
    return DataFileException.missing(set, Path.of(source.path(batch)), alternatives);
  }

  private static Map<String, Integer> firsts(Map<String, Integer> records) {
    Map<String, Integer> firsts = new LinkedHashMap<>();
    int first = 0;
    for (Map.Entry<String, Integer> batch : records.entrySet()) {
      firsts.put(batch.getKey(), first);
      first += batch.getValue();
    }
    return firsts;
  }

  private static int sum(Map<String, Integer> records) {
    return records.values().stream().mapToInt(Integer::intValue).sum();
  }
}
