package io.limber.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

  @Test
  void metrics_all_haveIdsOfTheirOwn() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::id)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void metric_any_isDefinedInFull(Metric metric) {
    // group/name in kebab-case: JSON, TensorBoard and Prometheus take it without escapes
    assertThat(metric.id()).matches("[a-z]+(-[a-z]+)*/[a-z]+(-[a-z]+)*");
    assertThat(metric.id()).startsWith(metric.group().id() + "/");
    assertThat(metric.formula()).isNotBlank().doesNotContain("|", "\n");
    assertThat(metric.source()).isNotBlank().doesNotContain("|", "\n");
    assertThat(metric.cost()).isNotBlank().doesNotContain("|", "\n");
  }

  @ParameterizedTest
  @EnumSource(MetricGroup.class)
  void group_any_hasMetrics(MetricGroup group) {
    assertThat(Metric.values()).anyMatch(metric -> metric.group() == group);
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void unit_any_isUsed(Unit unit) {
    assertThat(Metric.values()).anyMatch(metric -> metric.unit() == unit);
  }
}
