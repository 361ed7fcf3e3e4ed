package io.limber.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "seed, seed, 0",
    "sed, seed, 1",
    "seeds, seed, 1",
    "sead, seed, 1",
    "sede, seed, 1", // neighbours swapped count once
    "kitten, sitting, 3",
    "'', seed, 4"
  })
  void between_twoWords_countsEdits(String a, String b, int edits) {
    assertThat(EditDistance.between(a, b)).isEqualTo(edits);
    assertThat(EditDistance.between(b, a)).isEqualTo(edits);
  }

  @Test
  void nearest_ofSeveral_isTheOneWithFewestEdits() {
    assertThat(EditDistance.nearest("min-sise", List.of("capacity", "max-size", "min-size")))
        .contains("min-size");
  }

  @Test
  void nearest_withNothingInCommon_isEmpty() {
    assertThat(EditDistance.nearest("zzz", List.of("capacity", "min-size"))).isEmpty();
  }
}
