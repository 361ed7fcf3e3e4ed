package io.limber.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.data.LabelledImages;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static LabelledImages images(int firstPixel, int firstLabel) {
    return LabelledImages.of(
        "test",
        List.of(1, 2, 1),
        3,
        new byte[] {(byte) firstPixel, 2, 3, 4},
        new byte[] {(byte) firstLabel, 1});
  }

  @Test
  void refusal_ofTheSameDataSet_isNone() {
    assertThat(Fingerprint.of(images(1, 0)).refusal(Fingerprint.of(images(1, 0)).text())).isEmpty();
  }

  @Test
  void refusal_onePixelOrLabelDiffers_namesTheDataSet() {
    Fingerprint own = Fingerprint.of(images(1, 0));

    assertThat(own.refusal(Fingerprint.of(images(9, 0)).text()).orElseThrow()).contains("data set");
    assertThat(own.refusal(Fingerprint.of(images(1, 2)).text()).orElseThrow()).contains("data set");
  }

  @Test
  void refusal_ofAnotherVersion_namesBoth() {
    Fingerprint own = Fingerprint.of(images(1, 0));
    String theirs = "9.9+metrics.00 " + own.data();

    assertThat(own.refusal(theirs).orElseThrow()).contains(own.program()).contains("9.9");
  }

  @Test
  void refusal_ofNoFingerprint_isARefusal() {
    assertThat(Fingerprint.of(images(1, 0)).refusal("")).isPresent();
  }
}
