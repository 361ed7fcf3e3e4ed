package io.limber.actors.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {

  private final ProbeSchedule schedule = new ProbeSchedule(Map.of("beta", 20L, "alpha", 30L));

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
  void schedule_ofPeriodZero_isRefused() {
    assertThatThrownBy(() -> new ProbeSchedule(Map.of("alpha", 0L)))
        .hasMessage("alpha = 0 must be at least 1");
  }
}
