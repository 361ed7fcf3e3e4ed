package io.limber.numerics.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConvolutionPatchesTest {

  @Test
  void rowsAtOnce_largeKernel_isOneToBoundTheMemory() {
    ConvolutionPatches patches = new ConvolutionPatches(3, 1, true);
    assertThat(patches.rowsAtOnce(64, 64)).isEqualTo(3);
    assertThat(patches.rowsAtOnce(512, 512)).isEqualTo(1);
  }

  @Test
  void gramNumbers_handComputed_arePatchesAndGradient() {
    // patches of 9 x 64 at 7 x 7 places, gradient of 9 x 64 x 64
    assertThat(new Conv2d(64, 3, 2, true).gramNumbers(List.of(14, 14, 64)))
        .isEqualTo(576 * 49 + 576 * 64);
    assertThat(new Conv2d(512, 3, 1, true).gramNumbers(List.of(4, 4, 512)))
        .isEqualTo(1536 * 16 + 1536 * 512);
    assertThat(new Dense(5).gramNumbers(List.of(6))).isZero();
  }
}
