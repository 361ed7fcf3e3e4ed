package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.actors.probe.ProbePolicy;
import io.limber.actors.serialization.JavaSerialization;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {

  @Test
  void settings_shippedDefaults_areRead() {
    RunSettings settings =
        RunSettings.from(Section.of(ConfigFactory.load(), "limber"), new UpdateShape(32, 10, 1000));

    assertThat(settings.mode()).isEqualTo(RunMode.ASYNC);
    assertThat(settings.updates()).isEqualTo(80_000);
    assertThat(settings.reportPeriod()).isEqualTo(1000);
    assertThat(settings.policyPeriod()).isEqualTo(100);
    assertThat(settings.systemReportInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.evaluationSteps()).isEqualTo(10_000);
    assertThat(settings.prefetchBatches()).isEqualTo(1);
    assertThat(settings.environments().perActor()).isEqualTo(64);
    assertThat(settings.environments().inFlightChunks()).isEqualTo(2);
    assertThat(settings.probe().policy()).isEqualTo(ProbePolicy.SKIP);
    assertThat(settings.probe().schedule().names()).containsExactly("plasticity");
  }

  @Test
  void settings_inLockstep_leaveNothingToChance() {
    RunSettings settings = read("limber.run.mode = lockstep");

    assertThat(settings.lockstep()).isTrue();
    assertThat(settings.prefetchBatches()).isZero();
    assertThat(settings.environments().inFlightChunks()).isEqualTo(1);
    assertThat(settings.probe().policy()).isEqualTo(ProbePolicy.WAIT);
  }

  @Test
  void settings_aProbeWithPeriod0_isOff() {
    assertThat(read("limber.probe.schedule { alpha = 0, beta = 5 }").probe().schedule().names())
        .containsExactly("beta");
  }

  @ParameterizedTest
  @CsvSource({"none, 0", "last, 1", "all, 100"})
  void settings_ofKeptSnapshots_boundTheirNumber(String keep, int perProbe) {
    assertThat(read("limber.probe.keep-snapshots = " + keep).probe().keptPerProbe())
        .isEqualTo(perProbe);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limber.run.updates = 7 | limber.run.updates = 7 must be a positive multiple of"
            + " limber.learner.updates-per-call = 5",
        "limber.run.report-period = 0 | limber.run.report-period = 0 must be a positive multiple",
        "limber.run.policy-period = 12 | limber.run.policy-period = 12 must be a positive multiple",
        "limber.run.mode = lock | limber.run.mode = lock must be one of async, lockstep",
        "limber.run { mode = lockstep, report-period = 15 } | limber.run.report-period = 15 must be"
            + " a multiple of limber.run.policy-period = 10 in lockstep",
        "limber.run.system-report-interval = 0s | limber.run.system-report-interval = 0ms must be",
        "limber.run.shutdown-timeout = 0s | limber.run.shutdown-timeout = 0ms must be at least",
        "limber.run.evaluation-steps = -1 | limber.run.evaluation-steps = -1 must be at least 0",
        "limber.learner.prefetch-batches = -1 | limber.learner.prefetch-batches = -1 must be",
        "limber { run.mode = lockstep, environments.actors = 2 } | limber.environments.actors = 2"
            + " must be 1 in lockstep",
        "limber.environments.actors = 0 | limber.environments.actors = 0 must be at least 1",
        "limber.environments.per-actor = 0 | limber.environments.per-actor = 0 must be at least 1",
        "limber.environments.in-flight-chunks = 0 | limber.environments.in-flight-chunks = 0 must",
        "limber.environments.restart.min-backoff = 0s | limber.environments.restart.min-backoff",
        "limber.environments.restart { min-backoff = 2s, max-backoff = 1s } |"
            + " limber.environments.restart.max-backoff = PT1S must be at least min-backoff",
        "limber.environments.restart.max-restarts = -1 | limber.environments.restart.max-restarts",
        "limber.environments.actors = 3 |"
            + " limber.native-dispatcher.thread-pool-executor.fixed-pool-size = 4 must be at least 5",
        "limber.probe.schedule.alpha = 7 | limber.probe.schedule.alpha = 7 must be a multiple of",
        "limber.probe.policy = drop | limber.probe.policy = drop must be one of skip, queue, wait",
        "limber.probe.queue-size = 0 | limber.probe.queue-size = 0 must be at least 1",
        "limber.probe.actors = 0 | limber.probe.actors = 0 must be at least 1",
        "limber.probe.keep-at-most = 0 | limber.probe.keep-at-most = 0 must be at least 1",
        "limber.probe.keep-snapshots = first | limber.probe.keep-snapshots = first must be one of"
            + " none, last, all",
        "limber.probe.finish-timeout = -1s | limber.probe.finish-timeout = PT-1S must not be",
        "limber.metrics.queue-size = 0 | limber.metrics.queue-size = 0 must be at least 1"
      })
  void settings_thatCannotWork_areRefusedWithPathValueAndRule(String setting, String message) {
    assertThatThrownBy(() -> read(setting))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void javaSerialization_on_isRefused() {
    assertThatThrownBy(
            () ->
                JavaSerialization.requireOff(
                    ConfigFactory.parseString("akka.actor.allow-java-serialization = on")))
        .hasMessageContaining("akka.actor.allow-java-serialization = on must be off");
    JavaSerialization.requireOff(ConfigFactory.load());
  }

  private static RunSettings read(String setting) {
    return TestRun.settings(TestRun.config(setting));
  }
}
