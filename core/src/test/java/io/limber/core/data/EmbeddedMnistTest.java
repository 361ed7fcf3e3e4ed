package io.limber.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.data.DataSettings.Split;
import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedMnistTest {

  private static final DataSettings DEFAULTS =
      new DataSettings(DataSet.MNIST, Optional.empty(), Split.TRAIN, 0);

  @Test
  void load_withoutADirectory_givesThe10000TestImages() {
    LabelledImages images = DataSets.load(DEFAULTS);

    assertThat(images.size()).isEqualTo(10_000);
    assertThat(images.shape()).containsExactly(28, 28, 1);
    assertThat(images.classes()).isEqualTo(10);
    assertThat(images.source()).isEqualTo("10000 embedded MNIST test images");
    // the well-known frequencies and first labels of the test set
    assertThat(IntStream.range(0, 10).map(images::count))
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    assertThat(IntStream.range(0, 5).map(images::label)).containsExactly(7, 2, 1, 0, 4);
  }

  @Test
  void load_twice_sharesOneCopy() {
    assertThat(DataSets.load(DEFAULTS)).isSameAs(DataSets.load(DEFAULTS));
  }

  /** SHA-256 of the official files' contents, as published beside many copies of the database. */
  @ParameterizedTest
  @CsvSource({
    "t10k-images-idx3-ubyte, 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte, ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
  })
  void resource_unzipped_isTheOfficialFile(String name, String sha256) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = getClass().getResourceAsStream("mnist/" + name + ".gz");
        InputStream content = new GZIPInputStream(in)) {
      digest.update(content.readAllBytes());
    }

    assertThat(Sha256.hex(digest)).isEqualTo(sha256);
  }

  @Test
  void resources_besides_haveANoteOfOriginAndLicence() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("mnist/NOTICE.md")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains(List.of("LeCun", "Cortes", "Burges", "NIST", "CC BY-SA 3.0"));
    }
  }
}
