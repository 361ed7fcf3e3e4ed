package io.limber.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.random.SeededRandom;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {

  private static final List<Integer> SHAPE = List.of(1, 2, 1);

  @Test
  void copyImage_toTheMiddleOfABuffer_writesItsPixelsAndMovesOn() {
    LabelledImages images =
        LabelledImages.of("test", SHAPE, 2, new byte[] {1, 2, 3, (byte) 255}, new byte[] {0, 1});
    ByteBuffer into = ByteBuffer.allocateDirect(4).position(1);

    images.copyImage(1, into);

    assertThat(into.position()).isEqualTo(3);
    assertThat(new byte[] {into.get(0), into.get(1), into.get(2), into.get(3)})
        .containsExactly(0, 3, 255, 0);
  }

  @Test
  void of_arraysChangedAfterwards_keepsItsOwn() {
    byte[] pixels = {1, 2};
    byte[] labels = {1};
    LabelledImages images = LabelledImages.of("test", SHAPE, 2, pixels, labels);

    pixels[0] = 9;
    labels[0] = 0;

    ByteBuffer into = ByteBuffer.allocate(2);
    images.copyImage(0, into);
    assertThat(into.get(0)).isEqualTo((byte) 1);
    assertThat(images.label(0)).isEqualTo(1);
  }

  @Test
  void image_ofEachLabelAndRank_listsThatLabelsImagesInOrder() {
    LabelledImages images =
        LabelledImages.of("test", SHAPE, 3, new byte[10], new byte[] {2, 0, 2, 0, 2});

    assertThat(List.of(images.count(0), images.count(1), images.count(2))).containsExactly(2, 0, 3);
    assertThat(List.of(images.image(0, 0), images.image(0, 1))).containsExactly(1, 3);
    assertThat(List.of(images.image(2, 0), images.image(2, 1), images.image(2, 2)))
        .containsExactly(0, 2, 4);
    assertThatThrownBy(() -> images.image(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void first_two_keepsTheFirstTwoOnly() {
    LabelledImages two = TestImages.of(3, 4).first(2);

    assertThat(two.size()).isEqualTo(2);
    assertThat(List.of(two.count(0), two.count(1), two.count(2))).containsExactly(1, 1, 0);
    assertThatThrownBy(() -> two.copyImage(2, ByteBuffer.allocate(3)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void withRandomLabels_equalSeeds_givesEqualLabelsNearlyUniformAndLeavesTheOriginal() {
    LabelledImages images = TestImages.of(10, 1_000);

    LabelledImages once = images.withRandomLabels(new SeededRandom(7));
    LabelledImages again = images.withRandomLabels(new SeededRandom(7));
    LabelledImages other = images.withRandomLabels(new SeededRandom(8));

    int same = 0;
    for (int i = 0; i < images.size(); i++) {
      assertThat(again.label(i)).isEqualTo(once.label(i));
      assertThat(images.label(i)).isEqualTo(i % 10);
      same += other.label(i) == once.label(i) ? 1 : 0;
    }
    // independent labels agree in 1,000 ± 30 of 10,000 places; six standard deviations are allowed
    assertThat(same).isBetween(820, 1_180);
    for (int label = 0; label < 10; label++) {
      assertThat(once.count(label)).isBetween(820, 1_180);
    }
  }

  @Test
  void of_sizesThatDoNotFit_areRefusedWithTheNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledImages.of("test", SHAPE, 2, new byte[3], new byte[2]))
        .withMessage("3 bytes of pixels must be 4 for 2 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledImages.of("test", SHAPE, 2, new byte[4], new byte[] {0, 2}))
        .withMessage("label 2 of image 1 must lie in [0, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledImages.of("test", SHAPE, 257, new byte[2], new byte[1]))
        .withMessage("classes = 257 must lie in [1, 256]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledImages.of("test", List.of(2, 1), 2, new byte[2], new byte[1]))
        .withMessageContaining("must be [height, width, channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelledImages.of("test", SHAPE, 2, new byte[0], new byte[0]))
        .withMessage("there must be at least one image");
  }
}
