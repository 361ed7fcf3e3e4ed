package io.limber.actors.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {

  private final ProbeSchedule schedule = ProbeSchedule.every(Map.of("beta", 20L, "alpha", 30L));

  @Test
  void due_atStep0AndMultiples_namesTheProbesInOrder() {
    assertThat(schedule.due(0)).containsExactly("alpha", "beta");
    assertThat(schedule.due(20)).containsExactly("beta");
    assertThat(schedule.due(60)).containsExactly("alpha", "beta");
    assertThat(schedule.due(10)).isEmpty();
    assertThat(schedule.anyDue(30)).isTrue();
    assertThat(schedule.anyDue(10)).isFalse();
    assertThat(ProbeSchedule.NONE.anyDue(0)).isFalse();
  }

  @Test
  void due_withStepsOfItsOwn_namesAProbeThereAndAtStep0() {
    ProbeSchedule steps =
        new ProbeSchedule(
            Map.of("beta", 20L), Map.of("alpha", Set.of(1L, 20L), "beta", Set.of(1L)));

    assertThat(steps.names()).containsExactly("alpha", "beta");
    assertThat(steps.due(0)).containsExactly("alpha", "beta");
    assertThat(steps.due(1)).containsExactly("alpha", "beta");
    assertThat(steps.due(20)).containsExactly("alpha", "beta");
    assertThat(steps.due(40)).containsExactly("beta");
    assertThat(steps.anyDue(2)).isFalse();
  }

  @Test
  void schedule_ofPeriodZero_isRefused() {
    assertThatThrownBy(() -> ProbeSchedule.every(Map.of("alpha", 0L)))
        .hasMessage("alpha = 0 must be at least 1");
  }
}
