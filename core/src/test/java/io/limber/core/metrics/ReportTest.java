package io.limber.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  @Test
  void report_ofMixedKinds_isRefusedWithTheReason() {
    var values = Map.of(Metric.LEARNER_LOSS, 1.0, Metric.PROCESS_CPU, 2.0);

    assertThatThrownBy(() -> Report.of("learner-0", 10, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learner-0 mixes LEARNER_LOSS and PROCESS_CPU")
        .hasMessageContaining("Report.split");
  }

  @Test
  void split_ofMixedKinds_makesOneReportOfEach() {
    var values = Map.of(Metric.PROCESS_CPU, 2.0, Metric.LEARNER_LOSS, 1.0);

    List<Report> reports = Report.split("learner-0", 10, values);

    assertThat(reports)
        .containsExactly(
            Report.of("learner-0", 10, Map.of(Metric.LEARNER_LOSS, 1.0)),
            Report.of("learner-0", 10, Map.of(Metric.PROCESS_CPU, 2.0)));
    assertThat(reports).extracting(Report::reproducible).containsExactly(true, false);
  }

  @Test
  void split_ofNothing_makesNoReport() {
    assertThat(Report.split("learner-0", 10, Map.of())).isEmpty();
  }

  @Test
  void report_ofAMap_isInTheOrderOfTheList() {
    var report =
        Report.of(
            "replay-0",
            0,
            Map.of(
                Metric.REPLAY_SAMPLED, 1.0, Metric.REPLAY_SIZE, 2.0, Metric.REPLAY_INSERTED, 3.0));

    assertThat(report.measurements())
        .extracting(Measurement::metric)
        .containsExactly(Metric.REPLAY_SIZE, Metric.REPLAY_INSERTED, Metric.REPLAY_SAMPLED);
  }

  @Test
  void report_ofNothing_isRefused() {
    assertThatThrownBy(() -> new Report("learner-0", 10, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learner-0 reports nothing at step 10");
  }

  @Test
  void report_withAMetricTwice_isRefused() {
    var loss = new Measurement(Metric.LEARNER_LOSS, 10, 1.0);

    assertThatThrownBy(() -> new Report("learner-0", 10, List.of(loss, loss)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learner-0 reports LEARNER_LOSS twice");
  }

  @Test
  void report_withAMeasurementOfAnotherStep_isRefused() {
    var loss = new Measurement(Metric.LEARNER_LOSS, 11, 1.0);

    assertThatThrownBy(() -> new Report("learner-0", 10, List.of(loss)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LEARNER_LOSS is at step 11, its report at 10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Learner", "0-learner", "a b", "a\"b", "../x", "ümlaut"})
  void report_withASourceThatIsNotKebabCase_isRefused(String source) {
    assertThatThrownBy(() -> Report.of(source, 10, Map.of(Metric.LEARNER_LOSS, 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be kebab-case");
  }

  @Test
  void measurement_atANegativeStep_isRefused() {
    assertThatThrownBy(() -> new Measurement(Metric.LEARNER_LOSS, -1, 1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step = -1 must not be negative");
  }
}
