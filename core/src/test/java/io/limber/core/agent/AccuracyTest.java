package io.limber.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.data.LabelledImages;
import io.limber.core.data.TestImages;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AccuracyTest {

  /** Reads the label off the image, and is wrong for the labels below {@code wrongBelow}. */
  private record LabelReader(LabelledImages images, int wrongBelow) implements Policy {

    @Override
    public void load(ParameterSnapshot snapshot) {
      throw new AssertionError("a measurement must not change the policy");
    }

    @Override
    public long step() {
      return 0;
    }

    @Override
    public void act(ByteBuffer observations, int count, int[] actions) {
      assertThat(observations.isDirect()).isTrue();
      assertThat(observations.remaining()).isEqualTo(3 * count);
      for (int i = 0; i < count; i++) {
        int label = images.label(TestImages.imageAt(observations, 3 * i));
        actions[i] = label < wrongBelow ? (label + 1) % 10 : label;
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void of_aPolicyWrongForThreeOfTenClasses_isSevenTenths() {
    LabelledImages images = TestImages.of(10, 5);

    assertThat(Accuracy.of(new LabelReader(images, 3), images)).isEqualTo(0.7);
    assertThat(Accuracy.of(new LabelReader(images, 0), images)).isEqualTo(1);
  }

  @Test
  void of_moreImagesThanAPassHolds_countsEachOnce() {
    LabelledImages images = TestImages.of(10, 120); // two full passes and a part

    assertThat(Accuracy.of(new LabelReader(images, 1), images)).isEqualTo(0.9);
  }
}
