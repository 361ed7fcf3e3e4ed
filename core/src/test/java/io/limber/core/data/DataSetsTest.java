package io.limber.core.data;

import static io.limber.core.data.IdxBytes.IMAGES;
import static io.limber.core.data.IdxBytes.LABELS;
import static io.limber.core.data.IdxBytes.file;
import static io.limber.core.data.IdxBytes.gzip;
import static io.limber.core.data.IdxBytes.images;
import static io.limber.core.data.IdxBytes.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataSettings.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataSetsTest {

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String MEND =
      "; delete it and get it again (limber data fetch or limber data import), or correct"
          + " limber.data.directory";

  @TempDir Path directory;

  private LabelledImages load(Split split, int limit) {
    return DataSets.load(new DataSettings(DataSet.MNIST, Optional.of(directory), split, limit));
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  private void writeBothParts() throws IOException {
    write(TRAIN_IMAGES, images(1, 2, 3, 4, 5, 6));
    write(TRAIN_LABELS + ".gz", gzip(labels(9, 8, 7)));
    write("t10k-images-idx3-ubyte.gz", gzip(images(7, 255)));
    write("t10k-labels-idx1-ubyte", labels(6));
  }

  private static byte[] pixels(LabelledImages images) {
    ByteBuffer into = ByteBuffer.allocate(images.size() * 2);
    IntStream.range(0, images.size()).forEach(i -> images.copyImage(i, into));
    return into.array();
  }

  @Test
  void load_trainPart_readsPlainAndGzippedFiles() throws IOException {
    writeBothParts();

    LabelledImages images = load(Split.TRAIN, 0);

    assertThat(images.shape()).containsExactly(1, 2, 1);
    assertThat(pixels(images)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(IntStream.range(0, 3).map(images::label)).containsExactly(9, 8, 7);
  }

  @Test
  void load_fashionMnist_readsTheSameFormatUnderItsOwnName() throws IOException {
    writeBothParts();

    LabelledImages images =
        DataSets.load(
            new DataSettings(DataSet.FASHION_MNIST, Optional.of(directory), Split.TRAIN, 2));

    assertThat(images.source())
        .isEqualTo("the first 2 of 3 Fashion-MNIST training images of " + directory);
    assertThat(pixels(images)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void load_twiceFromOneFolder_sharesOneSetOfImages() throws IOException {
    writeBothParts();

    LabelledImages images = load(Split.TRAIN, 0);

    assertThat(load(Split.TRAIN, 0)).isSameAs(images);
    assertThat(
            DataSets.load(
                new DataSettings(
                    DataSet.MNIST, Optional.of(directory.resolve(".")), Split.TRAIN, 0)))
        .isSameAs(images);
  }

  @Test
  void load_withoutAFolderWhatIsNotEmbedded_isRefused() {
    var settings = new DataSettings(DataSet.CIFAR10, Optional.empty(), Split.TRAIN, 0);

    assertThatThrownBy(() -> DataSets.load(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CIFAR10 needs a directory");
  }

  @Test
  void files_ofAFolder_areThoseThatWouldBeRead() throws IOException {
    writeBothParts();
    write(TRAIN_IMAGES + ".gz", gzip(images(1, 2)));

    assertThat(DataSet.MNIST.in(directory).present())
        .containsExactly(
            directory.resolve(TRAIN_IMAGES),
            directory.resolve(TRAIN_LABELS + ".gz"),
            directory.resolve("t10k-images-idx3-ubyte.gz"),
            directory.resolve("t10k-labels-idx1-ubyte"));
    assertThat(DataSet.MNIST.in(directory).count(Split.ALL)).isEqualTo(4);
    assertThat(DataSet.MNIST.in(directory.resolve("none")).present()).isEmpty();
  }

  @Test
  void load_allParts_readsTrainingThenTestImages() throws IOException {
    writeBothParts();

    LabelledImages images = load(Split.ALL, 0);

    assertThat(pixels(images)).containsExactly(1, 2, 3, 4, 5, 6, 7, 255);
    assertThat(IntStream.range(0, 4).map(images::label)).containsExactly(9, 8, 7, 6);
    assertThat(images.source()).isEqualTo("4 MNIST training and test images of " + directory);
  }

  @Test
  void load_testPart_readsTestImagesOnly() throws IOException {
    writeBothParts();

    assertThat(pixels(load(Split.TEST, 0))).containsExactly(7, 255);
  }

  @Test
  void load_withALimit_givesTheFirstImages() throws IOException {
    writeBothParts();

    assertThat(pixels(load(Split.TRAIN, 2))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void load_limitBeyondTheData_isRefusedWithBothNumbers() throws IOException {
    writeBothParts();

    assertThatThrownBy(() -> load(Split.TRAIN, 4))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "limber.data.limit = 4 must be at most 3: there are 3 MNIST training images of "
                + directory);
  }

  @Test
  void load_missingFile_isRefusedWithNameAndRemedy() throws IOException {
    write(TRAIN_IMAGES, images(1, 2));

    assertThatThrownBy(() -> load(Split.TRAIN, 0))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(directory.resolve(TRAIN_LABELS) + ": is not there")
        .hasMessageContaining("limber data fetch mnist");
  }

  @Test
  void load_afterARefusal_readsTheMendedFile() throws IOException {
    write(TRAIN_IMAGES, images(1, 2));
    write(TRAIN_LABELS, labels(10));
    assertThatThrownBy(() -> load(Split.TRAIN, 0)).isInstanceOf(DataFileException.class);

    write(TRAIN_LABELS, labels(3));

    assertThat(load(Split.TRAIN, 0).label(0)).isEqualTo(3);
  }

  static Stream<Arguments> brokenImages() {
    byte[] sound = images(1, 2, 3, 4);
    byte[] zipped = gzip(sound);
    byte[] zippedHeader = gzip(file(IMAGES, new int[] {60_000, 28, 28}));
    byte[] wrongChecksum = zipped.clone();
    wrongChecksum[zipped.length - 8] ^= 1;
    return Stream.of(
        Arguments.of(
            "this is no IDX file".getBytes(),
            "is no IDX file: magic number 0x74686973 does not start with 0x0000"),
        Arguments.of(
            file(0x0d03, new int[] {2, 1, 2}, new byte[4]),
            "has type code 0x0d, not 0x08 (unsigned byte)"),
        Arguments.of(labels(1, 2, 3, 4, 5, 6, 7, 8), "has 1 axes where 3 are expected"),
        Arguments.of(
            file(IMAGES, new int[] {2, 0, 2}), "has size 0 on axis 1, which must be positive"),
        Arguments.of(
            file(IMAGES, new int[] {-1, 1, 2}), "has size -1 on axis 0, which must be positive"),
        Arguments.of(Arrays.copyOf(sound, 7), "is truncated: 7 bytes hold no IDX header"),
        Arguments.of(new byte[0], "is truncated: 0 bytes hold no IDX header"),
        Arguments.of(
            Arrays.copyOf(sound, sound.length - 1),
            "is truncated: 3 of the 4 bytes its header announces"),
        Arguments.of(
            Arrays.copyOf(sound, sound.length + 1),
            "has bytes after the 4 that its header announces"),
        // larger than any array, and than the file: refused before anything is allocated
        Arguments.of(
            file(IMAGES, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE}),
            "is truncated: 0 of the 9223372036854775807 bytes its header announces"),
        Arguments.of(
            zippedHeader,
            "announces 47040000 bytes, which cannot be in "
                + zippedHeader.length
                + " gzipped bytes"),
        Arguments.of(
            gzip(Arrays.copyOf(sound, sound.length - 1)),
            "is truncated: 3 of the 4 bytes its header announces"),
        Arguments.of(
            gzip(Arrays.copyOf(sound, sound.length + 1)),
            "has bytes after the 4 that its header announces"),
        Arguments.of(
            Arrays.copyOf(zipped, zipped.length - 10),
            "is truncated: its gzip stream ends too early"),
        Arguments.of(Arrays.copyOf(zipped, 5), "is truncated: its gzip stream ends too early"),
        Arguments.of(wrongChecksum, "has a broken gzip stream: Corrupt GZIP trailer"),
        Arguments.of(images(1, 2, 3, 4, 5, 6), "has 3 images, but LABELS has 2 labels"));
  }

  @ParameterizedTest
  @MethodSource("brokenImages")
  void load_brokenImages_areRefusedWithNameProblemAndRemedy(byte[] content, String problem)
      throws IOException {
    write(TRAIN_IMAGES, content);
    write(TRAIN_LABELS, labels(1, 2));

    assertThatThrownBy(() -> load(Split.TRAIN, 0))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            directory.resolve(TRAIN_IMAGES)
                + ": "
                + problem.replace("LABELS", directory.resolve(TRAIN_LABELS).toString())
                + MEND);
  }

  @Test
  void load_labelOutOfRange_isRefusedWithItsPlace() throws IOException {
    write(TRAIN_IMAGES, images(1, 2, 3, 4));
    write(TRAIN_LABELS, labels(0, 10));

    assertThatThrownBy(() -> load(Split.TRAIN, 0))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            directory.resolve(TRAIN_LABELS) + ": has label 10 at place 1, outside [0, 9]" + MEND);
  }

  @Test
  void load_truncatedLabels_areRefused() throws IOException {
    write(TRAIN_IMAGES, images(1, 2, 3, 4));
    write(TRAIN_LABELS, file(LABELS, new int[] {2}, (byte) 1));

    assertThatThrownBy(() -> load(Split.TRAIN, 0))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(TRAIN_LABELS + ": is truncated: 1 of the 2 bytes");
  }

  @Test
  void load_partsOfDifferentShapes_areRefusedTogether() throws IOException {
    writeBothParts();
    write("t10k-images-idx3-ubyte.gz", file(IMAGES, new int[] {1, 3, 1}, new byte[3]));

    assertThatThrownBy(() -> load(Split.ALL, 0))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("t10k-images-idx3-ubyte.gz: has images of 3 x 1, but ")
        .hasMessageContaining("of 1 x 2");
  }
}
