package io.limber.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.data.DataSettings.Split;
import io.limber.core.random.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarImagesTest {

  private static final String ARCHIVE = "cifar-10-binary.tar.gz";

  @TempDir Path directory;

  private LabelledImages read(Split split) {
    return DataSet.CIFAR10.in(directory).read(split);
  }

  private void assertRefused(Split split, String... parts) {
    assertThatThrownBy(() -> read(split))
        .isInstanceOf(DataFileException.class)
        .hasMessageContainingAll(parts);
  }

  private static byte[] pixels(LabelledImages images, int image) {
    ByteBuffer into = ByteBuffer.allocate(3072);
    images.copyImage(image, into);
    return into.array();
  }

  /**
   * Made once with GNU tar: six batches of one image each, in the order of the official archive.
   */
  private static byte[] storedArchive() throws IOException {
    try (InputStream in = CifarImagesTest.class.getResourceAsStream(ARCHIVE)) {
      return in.readAllBytes();
    }
  }

  private void writeArchive(byte[] content) throws IOException {
    Files.write(directory.resolve(ARCHIVE), content);
  }

  private static byte[] gunzip(byte[] content) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return in.readAllBytes();
    }
  }

  @Test
  void read_planarRecord_givesInterleavedPixels() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory, 5, 1);
    byte[] record = new byte[3073];
    record[0] = 7;
    record[1] = 10; // red of row 0, column 0
    record[1 + 1] = 11; // red of row 0, column 1
    record[1 + 32] = 12; // red of row 1, column 0
    record[1 + 1024] = 20; // green of row 0, column 0
    record[1 + 2 * 1024 + 1023] = (byte) 255; // blue of row 31, column 31
    Files.write(directory.resolve("test_batch.bin"), record);

    LabelledImages images = read(Split.TEST);

    byte[] expected = new byte[3072];
    expected[0] = 10;
    expected[3] = 11;
    expected[32 * 3] = 12;
    expected[1] = 20;
    expected[3071] = (byte) 255;
    assertThat(pixels(images, 0)).isEqualTo(expected);
    assertThat(images.label(0)).isEqualTo(7);
    assertThat(images.shape()).containsExactly(32, 32, 3);
    assertThat(images.classes()).isEqualTo(10);
  }

  @Test
  void read_allSixBatches_givesTheirImagesInOrder() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory, 15, 2);

    LabelledImages images = read(Split.ALL);

    assertThat(images.source()).isEqualTo("17 CIFAR-10 training and test images of " + directory);
    assertThat(IntStream.range(0, 17).map(i -> pixels(images, i)[9]))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0, 1);
    assertThat(DataSet.CIFAR10.in(directory).count(Split.TRAIN)).isEqualTo(15);
  }

  @Test
  void read_archive_findsTheBatchesWhateverTheirOrder() throws IOException {
    writeArchive(storedArchive());

    LabelledImages images = read(Split.ALL);

    assertThat(IntStream.range(0, 6).map(images::label)).containsExactly(0, 1, 2, 3, 4, 5);
    for (int batch = 0; batch < 6; batch++) {
      byte[] pixels = pixels(images, batch);
      for (int i = 0; i < 1024; i++) {
        for (int channel = 0; channel < 3; channel++) {
          // byte j of batch b, counted from 1, was written as (7b + j) mod 251
          int expected = (7 * batch + 1 + channel * 1024 + i) % 251;
          assertThat(Byte.toUnsignedInt(pixels[3 * i + channel])).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void read_pathOfTheArchiveItself_isReadToo() throws IOException {
    writeArchive(storedArchive());

    LabelledImages images = DataSet.CIFAR10.in(directory.resolve(ARCHIVE)).read(Split.TEST);

    assertThat(images.label(0)).isEqualTo(5);
  }

  @Test
  void read_folderThatTheArchiveUnpacksTo_isFound() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory.resolve("cifar-10-batches-bin"), 5, 3);
    writeArchive(storedArchive());

    assertThat(read(Split.TEST).size()).isEqualTo(3);
  }

  @Test
  void read_emptyFolder_isRefusedWithTheRemedies() {
    assertRefused(
        Split.TRAIN,
        directory.resolve("data_batch_1.bin") + ": is not there, nor is " + ARCHIVE,
        "limber data fetch cifar10",
        "limber data import cifar10 PATH");
    assertThat(DataSet.CIFAR10.in(directory).present()).isEmpty();
  }

  @Test
  void read_oneBatchMissing_isRefusedRatherThanCutShort() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory, 5, 1);
    Files.delete(directory.resolve("data_batch_4.bin"));

    assertRefused(
        Split.TRAIN, directory.resolve("data_batch_4.bin") + ": is not there, although others are");
  }

  @Test
  void read_truncatedBatch_isRefusedWithItsSize() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory, 10, 1);
    Path batch = directory.resolve("data_batch_2.bin");
    Files.write(batch, Arrays.copyOf(Files.readAllBytes(batch), 2 * 3073 - 1));

    assertRefused(Split.TRAIN, batch + ": has 6145 bytes, which is no whole number of images");
  }

  @Test
  void read_emptyBatch_isRefused() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory, 5, 0);

    assertRefused(Split.TEST, "test_batch.bin: has 0 bytes");
  }

  @Test
  void read_labelOutOfRange_isRefusedWithFileAndPlace() throws IOException {
    OfficialFiles.write(DataSet.CIFAR10, directory, 10, 1);
    Path batch = directory.resolve("data_batch_3.bin");
    byte[] content = Files.readAllBytes(batch);
    content[3073] = 10;
    Files.write(batch, content);

    assertRefused(Split.TRAIN, batch + ": has label 10 at place 1, outside [0, 9]");
  }

  @Test
  void read_truncatedArchive_isRefused() throws IOException {
    byte[] archive = storedArchive();
    writeArchive(Arrays.copyOf(archive, archive.length - 20));

    assertRefused(Split.TRAIN, directory.resolve(ARCHIVE) + ": is truncated");
  }

  @Test
  void read_archiveWithAWrongChecksum_isRefused() throws IOException {
    byte[] archive = storedArchive();
    archive[archive.length - 8] ^= 1; // gzip's CRC-32
    writeArchive(archive);

    assertRefused(Split.TEST, ARCHIVE + ": has a broken gzip stream");
  }

  @Test
  void read_archiveWithADamagedHeader_isRefused() throws IOException {
    byte[] tar = gunzip(storedArchive());
    tar[5] ^= 1; // in the name of the first file
    writeArchive(IdxBytes.gzip(tar));

    assertRefused(Split.TEST, ARCHIVE + ": is no tar archive or is damaged");
  }

  @Test
  void read_tarThatEndsWithinABatch_isRefused() throws IOException {
    writeArchive(IdxBytes.gzip(Arrays.copyOf(gunzip(storedArchive()), 1_000)));

    assertRefused(Split.TEST, ARCHIVE + ": is truncated");
  }

  @Test
  void read_somethingElseUnderTheArchivesName_isRefused() throws IOException {
    writeArchive("no archive".getBytes());

    assertRefused(Split.TEST, ARCHIVE + ": has a broken gzip stream: Not in GZIP format");
  }

  @Property(tries = 50)
  void records_encodedAndRead_areTheSameImages(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int count) throws IOException {
    SeededRandom random = new SeededRandom(seed);
    byte[] pixels = new byte[(1 + count) * CifarRecords.IMAGE];
    byte[] batch = new byte[count * CifarRecords.RECORD];
    byte[] record = new byte[CifarRecords.RECORD];
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[CifarRecords.IMAGE];
      for (int j = 0; j < image.length; j++) {
        image[j] = (byte) random.nextInt(256);
      }
      System.arraycopy(image, 0, pixels, (1 + i) * CifarRecords.IMAGE, image.length);
      CifarRecords.encode("test", i, i, image, record);
      System.arraycopy(record, 0, batch, i * CifarRecords.RECORD, record.length);
      assertPlanar(image, record);
    }

    byte[] readPixels = new byte[pixels.length];
    byte[] readLabels = new byte[1 + count];
    CifarRecords.read("test", new ByteArrayInputStream(batch), 1, count, readPixels, readLabels);

    assertThat(readPixels).isEqualTo(pixels);
    for (int i = 0; i < count; i++) {
      assertThat(readLabels[1 + i]).isEqualTo((byte) i);
    }
  }

  /** The format's definition, written out by row, column and channel. */
  private static void assertPlanar(byte[] image, byte[] record) {
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        for (int channel = 0; channel < 3; channel++) {
          byte planar = record[1 + channel * 1024 + row * 32 + column];
          if (planar != image[(row * 32 + column) * 3 + channel]) { // asserting each is slow
            assertThat(planar).as("row %d, column %d, channel %d", row, column, channel).isNull();
          }
        }
      }
    }
  }
}
