package io.limber.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void figures_ofAKnownSample_areThoseOfTheTextbook() {
    // squares about the mean of 5 sum to 32: deviation √(32/7), its error that over √8
    assertThat(json(2, 4, 4, 4, 5, 5, 7, 9))
        .containsEntry("n", 8)
        .containsEntry("mean", 5.0)
        .containsEntry("median", 4.5)
        .containsEntry("standard-deviation", 2.138)
        .containsEntry("standard-error", 0.7559)
        .containsEntry("min", 2.0)
        .containsEntry("lower-quartile", 4.0)
        .containsEntry("upper-quartile", 5.5)
        .containsEntry("max", 9.0);
  }

  @Test
  void figures_ofOneEventOrNone_claimNoSpread() {
    assertThat(json(3)).containsEntry("median", 3.0).doesNotContainKey("standard-error");
    assertThat(json()).isEqualTo(Map.of("n", 0));
  }

  private static Map<String, Object> json(double... values) {
    Sample sample = new Sample();
    DoubleStream.of(values).forEach(sample::add);
    return sample.toJson();
  }
}
