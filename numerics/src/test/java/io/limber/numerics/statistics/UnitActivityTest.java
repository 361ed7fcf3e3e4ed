package io.limber.numerics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class UnitActivityTest {

  @Test
  void counts_handMadeLayer_areDeadAndDormantByScore() {
    // mean |h|: 0, 2, 0.1, 5.9; layer mean 2; scores 0, 1, 0.05, 2.95
    var activity = of(4, 0, 2, 0.2f, -5.9f, 0, -2, 0, 5.9f);

    assertThat(activity.dead()).isEqualTo(1);
    assertThat(activity.score(1)).isCloseTo(1, within(1e-7));
    assertThat(activity.score(2)).isCloseTo(0.05, within(1e-7));
    assertThat(activity.dormant(0)).isEqualTo(1);
    assertThat(activity.dormant(0.025)).isEqualTo(1);
    assertThat(activity.dormant(0.1)).isEqualTo(2);
    assertThat(activity.dormant(3)).isEqualTo(activity.units());
  }

  @Test
  void dead_smallestFloat_isAlive() {
    assertThat(of(1, 0, 0, Float.MIN_VALUE).dead()).isZero();
    assertThat(of(1, 0, -0f, 0).dead()).isEqualTo(1);
  }

  @Test
  void dormant_scoreAtTau_counts() {
    // means 1 and 3: scores 0.5 and 1.5
    assertThat(of(2, 1, 3).dormant(0.5)).isEqualTo(1);
  }

  @Test
  void dormant_layerAllZero_countsEveryUnit() {
    assertThat(of(3, 0, 0, 0).dormant(0)).isEqualTo(3);
    assertThat(of(3, 0, 0, 0).dead()).isEqualTo(3);
  }

  @Test
  void of_badInput_isRefused() {
    assertThatThrownBy(() -> of(2, 1, 2, 3)).hasMessageContaining("3 numbers");
    assertThatThrownBy(() -> of(2, 1, 2, Float.NEGATIVE_INFINITY, 3))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("activation of input 1, unit 0 is -Infinity");
    assertThatThrownBy(() -> of(2, 1, 2).dormant(-0.1)).hasMessageContaining("tau -0.1");
  }

  private static UnitActivity of(int units, float... values) {
    return UnitActivity.of(FloatBuffer.wrap(values), units);
  }
}
