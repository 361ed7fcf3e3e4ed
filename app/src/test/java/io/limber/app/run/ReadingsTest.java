package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {

  private final Readings readings = new Readings();

  @Test
  void readings_beforeAnyReport_areEmpty() {
    assertThat(readings.first(Metric.PLASTICITY)).isEmpty();
    assertThat(readings.mean(Metric.PLASTICITY)).isEmpty();
    assertThat(readings.sum(Metric.ENVIRONMENT_STEPS)).isZero();
  }

  @Test
  void first_afterLaterReports_staysTheFirst() {
    readings.add(report("probe-0", 0, Metric.PLASTICITY, 0.5));
    readings.add(report("probe-0", 1000, Metric.PLASTICITY, 0.3));

    assertThat(readings.first(Metric.PLASTICITY)).hasValue(0.5);
    assertThat(readings.mean(Metric.PLASTICITY)).hasValue(0.3);
  }

  @Test
  void sumAndMean_overSources_takeTheLatestOfEach() {
    readings.add(report("environment-0", 0, Metric.ENVIRONMENT_STEPS, 10));
    readings.add(report("environment-1", 0, Metric.ENVIRONMENT_STEPS, 20));
    readings.add(report("environment-0", 5, Metric.ENVIRONMENT_STEPS, 40));

    assertThat(readings.sum(Metric.ENVIRONMENT_STEPS)).isEqualTo(60);
    assertThat(readings.mean(Metric.ENVIRONMENT_STEPS)).hasValue(30);
  }

  private static Report report(String source, long step, Metric metric, double value) {
    return new Report(source, step, List.of(new Measurement(metric, step, value)));
  }
}
