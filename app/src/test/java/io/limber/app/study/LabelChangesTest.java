package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelChangesTest {

  @Test
  void step_inTheLearnersClock_followsTheSamplesPerInsert() {
    LabelChanges changes = LabelChanges.of(Scale.QUICK);

    // 50 environments relabel after 256 steps each; 2 samples an insert are 16 steps an update of
    // 32; updates begin when 320 transitions are there
    assertThat(changes.overrides()).contains("environment.supervised.relabel-every-steps=256");
    assertThat(changes.step(2)).isEqualTo((2 * 256 * 50 - 320) / 16);
  }

  @ParameterizedTest
  @EnumSource(Scale.class)
  void overrides_ofEachScale_changeLabelsAfterWholeSteps(Scale scale) {
    LabelChanges changes = LabelChanges.of(scale);

    assertThat(changes.updatesPerTask() * 16 % 50).isZero();
  }
}
