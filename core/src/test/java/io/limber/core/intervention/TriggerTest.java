package io.limber.core.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerTest {

  private static final long TARGET_UPDATE_PERIOD = 100;

  @Test
  void from_eachForm_givesItsTrigger() {
    assertThat(trigger("never")).isEqualTo(new Trigger.Never());
    assertThat(trigger("target-update")).isEqualTo(new Trigger.TargetUpdate());
    assertThat(trigger("every 5000")).isEqualTo(new Trigger.Every(5000));
    assertThat(trigger("once 20000")).isEqualTo(new Trigger.Once(20000));
    assertThat(trigger("statistics/dead-fraction > 0.3"))
        .isEqualTo(new Trigger.Crossing(Metric.STATISTICS_DEAD_FRACTION, true, 0.3));
    assertThat(trigger("plasticity/plasticity<-1e-2"))
        .isEqualTo(new Trigger.Crossing(Metric.PLASTICITY, false, -0.01));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sometimes",
        "every",
        "every -10",
        "every 1.5",
        "statistics/no-such > 1",
        "statistics/dead-fraction >= 1",
        "statistics/dead-fraction > 1.2.3",
        "learner/loss > 1"
      })
  void from_anythingElse_isRefusedWithTheForms(String text) {
    assertThatThrownBy(() -> trigger(text))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("limber.redo.when = " + text + " must be never, target-update")
        .hasMessageContaining("statistics/dead-fraction > 0.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"every 15", "once 15", "every 0"})
  void from_stepInsideACall_isRefused(String text) {
    assertThatThrownBy(() -> trigger(text))
        .hasMessageContaining("a positive multiple of limber.learner.updates-per-call = 10");
  }

  @Test
  void isDue_byStep_isTrueAtItsStepsOnly() {
    assertThat(dueSteps("never")).isEmpty();
    assertThat(dueSteps("target-update")).containsExactly(100L, 200L, 300L);
    assertThat(dueSteps("every 150")).containsExactly(150L, 300L);
    assertThat(dueSteps("once 50")).containsExactly(50L);
  }

  @Test
  void isDue_byCrossing_isTrueOnceEachTimeThatTheThresholdIsPassed() {
    Watch watch = new Watch(trigger("statistics/dead-fraction > 0.3"), TARGET_UPDATE_PERIOD);
    double[] values = {0.1, 0.3, 0.4, 0.5, Double.NaN, 0.2, 0.31};
    boolean[] due = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      watch.observe(List.of(dead(values[i]), new Measurement(Metric.PLASTICITY, i, 9)));
      due[i] = watch.isDue(10 * i + 10);
      assertThat(watch.isDue(10 * i + 15)).isFalse();
    }

    // NaN passes nothing, so what comes after it can pass again
    assertThat(due).containsExactly(false, false, true, false, false, false, true);
  }

  @Test
  void isDue_ofACrossingBetweenTwoQuestions_isNotLost() {
    Watch watch = new Watch(trigger("statistics/dead-fraction > 0.3"), TARGET_UPDATE_PERIOD);

    watch.observe(List.of(dead(0.4)));
    watch.observe(List.of(dead(0.2)));

    assertThat(watch.isDue(10)).isTrue();
  }

  private static Measurement dead(double value) {
    return new Measurement(Metric.STATISTICS_DEAD_FRACTION, 0, value);
  }

  private static List<Long> dueSteps(String when) {
    Watch watch = new Watch(trigger(when), TARGET_UPDATE_PERIOD);
    return LongStream.rangeClosed(1, 30).map(i -> 10 * i).filter(watch::isDue).boxed().toList();
  }

  private static Trigger trigger(String when) {
    var config = ConfigFactory.parseMap(Map.of("limber.redo.when", when));
    return Trigger.from(Section.of(config, "limber.redo"), 10);
  }
}
