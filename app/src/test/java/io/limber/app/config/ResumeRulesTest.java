package io.limber.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumeRulesTest {

  private static Config config(String... assignments) {
    List<Assignment> parsed =
        List.of(assignments).stream().map(text -> Assignment.parse("--set", text)).toList();
    return EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), parsed)).whole();
  }

  @Test
  void differences_inHowLongAndWhereTo_areNone() {
    assertThat(
            ResumeRules.differences(
                config(),
                config("run.updates=7000", "checkpoint.keep=9", "metrics.jsonl.enabled=false")))
        .isEmpty();
  }

  @Test
  void differences_inWhatIsLearned_nameKeyAndBothValues() {
    assertThat(ResumeRules.differences(config(), config("replay.capacity=4000", "seed=2")))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("limber.replay.capacity = 4000 must stay 100000:"))
        .anyMatch(line -> line.startsWith("limber.seed = 2 must stay 1:"));
  }

  @Test
  void differences_ofAKeyThatAnOlderVersionDidNotKnow_areNone() {
    assertThat(ResumeRules.differences(ConfigFactory.empty(), config())).isEmpty();
  }
}
