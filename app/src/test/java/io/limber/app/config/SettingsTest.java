package io.limber.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.env.EnvironmentSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void defaults_ofAllModules_areAccepted() {
    Settings settings = check();

    assertThat(settings.seed()).isEqualTo(1);
    assertThat(settings.replay().insertSize()).isEqualTo(settings.run().environments().perActor());
    assertThat(settings.replay().sampleSize()).isEqualTo(settings.run().shape().sampleSize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limber.seed=x",
        "limber.seed=1.5",
        "limber.seed=null",
        "limber.runs-directory=",
        "limber.progress-interval=1ms",
        "limber.data.name=imagenet",
        "limber.data.limit=-1",
        "limber.fetch.attempts=0",
        "limber.fetch.mnist.base-url=mnist",
        "limber.environment.kind=atari",
        "limber.environment.max-episode-steps=0",
        "limber.exploration.epsilon-end=1.5",
        "limber.device=tpu",
        "limber.cpu.threads-per-operation=-1",
        "limber.network.hidden-widths=[0]",
        "limber.optimizer.learning-rate=-1",
        "limber.learner.batch-size=0",
        "limber.learner.target-update-period=15",
        "limber.plasticity.targets=0",
        "limber.run.mode=fast",
        "limber.run.updates=15",
        "limber.environments.actors=0",
        "limber.probe.schedule.plasticity=15",
        "limber.replay.min-size=1000000",
        "limber.replay.samples-per-insert=0",
        "limber.metrics.queue-size=0",
        "limber.dashboard.port=65536",
        "limber.dashboard.host=0.0.0.0",
        "limber.dashboard.update-interval=1ms",
        "limber.dashboard.max-connections=1"
      })
  void setting_thatCannotWork_isRefusedByItsPath(String assignment) {
    String path = assignment.substring(0, assignment.indexOf('='));

    assertThatThrownBy(() -> check(assignment))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(path);
  }

  @Test
  void objective_thatDoesNotFitTheTask_isRefused() {
    assertThatThrownBy(() -> check("environment.kind=supervised"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "limber.objective.kind = dqn must be classification or regression with"
                + " environment.kind = supervised");
    assertThatThrownBy(() -> check("objective.kind=classification"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "limber.objective.kind = classification must be dqn or double-dqn with"
                + " environment.kind = true-label");
    assertThat(
            check("environment.kind=supervised", "objective.kind=regression").environment().kind())
        .isEqualTo(EnvironmentSettings.Kind.SUPERVISED);
  }

  @Test
  void refusals_ofSeveralModules_areShownTogether() {
    assertThatThrownBy(
            () -> check("replay.samples-per-insert=0", "exploration.epsilon-end=2", "device=tpu"))
        .isInstanceOfSatisfying(
            InvalidConfigException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void paperScale_asShipped_isAccepted() {
    EffectiveConfig config =
        EffectiveConfig.resolve(
            new ConfigSources(
                Optional.empty(),
                List.of(Path.of(System.getenv("LIMBER_ROOT"), "conf/studies/paper-scale.conf")),
                List.of()));

    Settings settings = Settings.check(config.limber());

    assertThat(settings.numerics().plasticity().targets()).isEqualTo(10);
    assertThat(settings.numerics().plasticity().steps()).isEqualTo(2000);
    assertThat(settings.run().probe().schedule().anyDue(5000)).isTrue();
    assertThat(settings.run().probe().schedule().anyDue(4000)).isFalse();
  }

  private static Settings check(String... sets) {
    EffectiveConfig config =
        EffectiveConfig.resolve(
            new ConfigSources(
                Optional.empty(),
                List.of(),
                Arrays.stream(sets).map(text -> Assignment.parse("--set", text)).toList()));
    return Settings.check(config.limber());
  }
}
