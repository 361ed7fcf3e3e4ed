package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingSummaryTest {

  private final Readings readings = new Readings();

  @Test
  void summary_ofAFailedRun_tellsTheReasonAndWhatWasMeasuredTillThen() {
    plasticity(0, 0.5);
    plasticity(2000, 0.25);

    TrainingSummary summary = failed("loss is NaN at learner step 2000");

    assertThat(summary.toMap())
        .containsEntry("outcome", "failed")
        .containsEntry("failure", "loss is NaN at learner step 2000")
        .containsEntry("updates", 2000L)
        .containsEntry("updates-per-second", 200.0)
        .containsEntry("plasticity-first", 0.5)
        .containsEntry("plasticity-last", 0.25)
        .doesNotContainKey("evaluation-mean-reward");
    assertThat(summary.toRows())
        .containsEntry("outcome", "failed: loss is NaN at learner step 2000")
        .containsEntry("greedy reward", "not evaluated")
        .containsEntry("plasticity", "0.500 → 0.250");
  }

  @Test
  void summary_ofARunThatMeasuredNothing_saysSo() {
    assertThat(failed("no data").toRows()).containsEntry("plasticity", "not measured");
  }

  private TrainingSummary failed(String reason) {
    return new TrainingSummary(
        Outcome.FAILED,
        Optional.of(reason),
        Optional.empty(),
        Duration.ofSeconds(10),
        readings,
        new RunFolder(Path.of("/runs/one")),
        1,
        0);
  }

  private void plasticity(long step, double value) {
    readings.add(
        new Report("probe-0", step, List.of(new Measurement(Metric.PLASTICITY, step, value))));
  }
}
