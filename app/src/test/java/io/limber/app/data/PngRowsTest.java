package io.limber.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.data.DataFileException;
import io.limber.core.random.SeededRandom;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngRowsTest {

  private static byte[][] read(byte[] png) throws IOException {
    try (PngRows rows = PngRows.open("test.png", new ByteArrayInputStream(png))) {
      byte[][] read = new byte[rows.height()][3 * rows.width()];
      for (byte[] row : read) {
        rows.next(row);
      }
      rows.finish();
      return read;
    }
  }

  private static void assertRefused(byte[] png, String problem) {
    assertThatThrownBy(() -> read(png))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith("test.png: " + problem);
  }

  private static byte[] row(int... values) {
    byte[] row = new byte[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) values[i];
    }
    return row;
  }

  /** Two rows of two pixels, the second one filtered; what it means is worked out by hand. */
  private static byte[] second(byte[] filteredRow) throws IOException {
    return read(PngBytes.of(2, new byte[][] {row(0, 10, 20, 30, 200, 100, 50), filteredRow}, 9))[1];
  }

  @Test
  void next_rowWithoutFilter_isTakenAsItIs() throws IOException {
    assertThat(second(row(0, 1, 2, 3, 255, 5, 6))).isEqualTo(row(1, 2, 3, 255, 5, 6));
  }

  @Test
  void next_filterSub_addsThePixelOnTheLeft() throws IOException {
    assertThat(second(row(1, 1, 2, 3, 255, 5, 6))).isEqualTo(row(1, 2, 3, 0, 7, 9));
  }

  @Test
  void next_filterUp_addsThePixelAbove() throws IOException {
    assertThat(second(row(2, 1, 2, 3, 100, 5, 6))).isEqualTo(row(11, 22, 33, 44, 105, 56));
  }

  @Test
  void next_filterAverage_addsHalfOfBothRoundedDown() throws IOException {
    // (0 + 10) / 2 + 1 = 6 and so on; then (6 + 200) / 2 + 1 = 104, (12 + 100) / 2, (18 + 50) / 2
    assertThat(second(row(3, 1, 2, 3, 1, 0, 255))).isEqualTo(row(6, 12, 18, 104, 56, 33));
  }

  @Test
  void next_filterPaeth_addsTheNearestNeighbour() throws IOException {
    // the first pixel has nothing on the left: above wins. Then left 11, above 200, above left 10:
    // p = 201, nearest is above; 22, 100, 20: p = 102, above; 33, 50, 30: p = 53, above
    assertThat(second(row(4, 1, 2, 3, 0, 0, 0))).isEqualTo(row(11, 22, 33, 200, 100, 50));
    // left 250, above 200, above left 10: p = 440 mod nothing, nearest is left
    assertThat(second(row(4, 240, 2, 3, 1, 0, 0))).startsWith(row(250, 22, 33, 251));
  }

  @Test
  void next_imagesWrittenByTheJdk_areTheSamePixels() throws IOException {
    SeededRandom random = new SeededRandom(1);
    for (int smoothness = 1; smoothness <= 256; smoothness *= 4) { // makes it choose other filters
      byte[][] rows = new byte[40][3 * 33];
      for (byte[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (byte) (i / 3 + random.nextInt(smoothness));
        }
      }

      assertThat(read(PngBytes.byJdk(rows))).isDeepEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void next_dataInPiecesOfAnySize_isTheSame(int piece) throws IOException {
    byte[][] rows = {row(0, 1, 2, 3), row(0, 4, 5, 6), row(0, 7, 8, 9)};

    assertThat(read(PngBytes.of(1, rows, piece)))
        .isDeepEqualTo(new byte[][] {row(1, 2, 3), row(4, 5, 6), row(7, 8, 9)});
  }

  @Test
  void next_anyByteOfTheFileChanged_isRefused() throws IOException {
    byte[] sound =
        PngBytes.of(2, new byte[][] {row(0, 1, 2, 3, 4, 5, 6), row(2, 1, 1, 1, 1, 1, 1)}, 8);
    assertThatCode(() -> read(sound)).doesNotThrowAnyException();

    for (int i = 0; i < sound.length; i++) {
      byte[] damaged = sound.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> read(damaged))
          .as("byte %d", i)
          .isInstanceOf(DataFileException.class)
          .hasMessageStartingWith("test.png: ");
    }
  }

  @Test
  void next_fileCutAnywhere_isRefused() throws IOException {
    byte[] sound = PngBytes.of(1, new byte[][] {row(0, 1, 2, 3), row(0, 4, 5, 6)}, 8);

    for (int length = 0; length < sound.length; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d bytes", length, sound.length)
          .isInstanceOf(DataFileException.class);
    }
  }

  @Test
  void open_somethingElse_isRefused() {
    assertRefused("GIF89a, for instance".getBytes(), "is no PNG file");
  }

  @Test
  void open_greyImage_isRefused() throws IOException {
    assertRefused(
        PngBytes.byJdk(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY)),
        "is no PNG of 8-bit red, green and blue without interlacing");
  }

  @Test
  void next_unknownFilter_isRefused() throws IOException {
    assertRefused(PngBytes.of(1, new byte[][] {row(5, 1, 2, 3)}, 99), "has unknown filter 5");
  }

  @Test
  void finish_moreRowsThanAnnounced_isRefused() throws IOException {
    // the one "row" of twice the length is written as it is
    assertRefused(
        PngBytes.of(1, new byte[][] {row(0, 1, 2, 3, 0, 4, 5, 6)}, 99),
        "has more rows than it announces");
  }

  @Test
  void next_fewerRowsThanAnnounced_isRefused() throws IOException {
    assertRefused(
        PngBytes.of(1, new byte[][] {row(0, 1, 2, 3), row()}, 99),
        "is truncated: it has fewer rows than it announces");
  }
}
