package io.limber.streams.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusSinkTest {

  /** What Prometheus sends. */
  private static final String OPEN_METRICS =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  private final PrometheusSink sink = new PrometheusSink();

  @Test
  void page_ofTwoSources_isOpenMetrics() {
    accept(Report.of("environment-0", 10, Map.of(Metric.ENVIRONMENT_STEPS, 64.0)));
    accept(Report.of("environment-1", 10, Map.of(Metric.ENVIRONMENT_STEPS, 32.0)));
    accept(Report.of("environment-1", 20, Map.of(Metric.ENVIRONMENT_STEPS, 96.0)));
    accept(Report.of("process", 20, Map.of(Metric.PROCESS_HEAP_USED, 1024.0)));

    assertThat(page())
        .isEqualTo(
            """
            # TYPE limber_environment_steps counter
            # HELP limber_environment_steps environment steps: steps taken so far, summed over the actor's environments
            limber_environment_steps_total{source="environment-0"} 64.0
            limber_environment_steps_total{source="environment-1"} 96.0
            # TYPE limber_process_heap_used_bytes gauge
            # UNIT limber_process_heap_used_bytes bytes
            # HELP limber_process_heap_used_bytes bytes: heap in use, garbage included
            limber_process_heap_used_bytes{source="process"} 1024.0
            # TYPE limber_refused_values counter
            # HELP limber_refused_values values left out here so far, because a metric had too many sources
            limber_refused_values_total 0.0
            # EOF
            """);
    assertThat(sink.render(OPEN_METRICS).contentType())
        .startsWith("application/openmetrics-text; version=1.0.0");
  }

  @Test
  void page_forWhomeverDoesNotAskForOpenMetrics_isPlainPrometheusText() {
    accept(Report.of("environment-0", 10, Map.of(Metric.ENVIRONMENT_STEPS, 64.0)));
    PrometheusSink.Page page = sink.render("text/html,*/*;q=0.8");

    assertThat(page.contentType()).startsWith("text/plain; version=0.0.4");
    assertThat(new String(page.text(), StandardCharsets.UTF_8))
        .contains(
            "# TYPE limber_environment_steps_total counter",
            "limber_environment_steps_total{source=\"environment-0\"} 64.0")
        .doesNotContain("# EOF");
  }

  @Test
  void page_ofALossThatIsNotFinite_saysSo() {
    accept(Report.of("learner-0", 1, Map.of(Metric.LEARNER_LOSS, Double.NaN)));
    assertThat(page()).contains("limber_learner_loss{source=\"learner-0\"} NaN\n");

    accept(Report.of("learner-0", 2, Map.of(Metric.LEARNER_LOSS, Double.POSITIVE_INFINITY)));
    assertThat(page()).contains("limber_learner_loss{source=\"learner-0\"} +Inf\n");
  }

  @Test
  void page_ofEndlesslyManySources_staysBounded() {
    for (int i = 0; i < PrometheusSink.MAX_SOURCES + 10; i++) {
      accept(Report.of("probe-" + i, 1, Map.of(Metric.PROBE_LAG, 1.0)));
    }
    accept(Report.of("probe-0", 2, Map.of(Metric.PROBE_LAG, 2.0))); // a known one still counts

    assertThat(page().lines().filter(line -> line.startsWith("limber_probe_lag{")))
        .hasSize(PrometheusSink.MAX_SOURCES)
        .contains("limber_probe_lag{source=\"probe-0\"} 2.0");
    assertThat(page()).contains("limber_refused_values_total 10.0\n");
  }

  @Test
  void page_ofEveryMetric_hasEachUnderItsName() {
    for (Metric metric : Metric.values()) {
      accept(Report.of("all", 1, new EnumMap<>(Map.of(metric, 1.0))));
    }

    List<String> names =
        page().lines().filter(line -> line.contains("{")).map(l -> l.split("\\{")[0]).toList();
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Metric.values()).map(PrometheusName::of).toList());
  }

  private void accept(Report report) {
    sink.accept(report, Instant.EPOCH);
  }

  private String page() {
    return new String(sink.render(OPEN_METRICS).text(), StandardCharsets.UTF_8);
  }
}
