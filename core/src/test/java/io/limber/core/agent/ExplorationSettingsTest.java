package io.limber.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import org.junit.jupiter.api.Test;

class ExplorationSettingsTest {

  private static ExplorationSettings read(String overrides) {
    return ExplorationSettings.from(
        Section.of(
            ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference()),
            "limber"));
  }

  @Test
  void from_referenceConf_givesTheDefaults() {
    assertThat(read("")).isEqualTo(new ExplorationSettings(1.0, 0.05, 10_000));
  }

  @Test
  void from_everyKeySet_readsEachFromItsPlace() {
    assertThat(
            read(
                "limber.exploration { epsilon-start = 0.5, epsilon-end = 0.25,"
                    + " epsilon-decay-steps = 3000000000 }"))
        .isEqualTo(new ExplorationSettings(0.5, 0.25, 3_000_000_000L));
  }

  @Test
  void from_senselessValues_areRefusedWithTheRule() {
    assertRefused("limber.exploration.epsilon-start = 1.5", "be a probability, in [0, 1]");
    assertRefused("limber.exploration.epsilon-end = -0.1", "be a probability, in [0, 1]");
    assertRefused(
        "limber.exploration.epsilon-decay-steps = 0",
        "be at least 1; set epsilon-start to epsilon-end for no decay");
  }

  @Test
  void epsilon_overTheDecay_fallsLinearlyAndStays() {
    ExplorationSettings settings = new ExplorationSettings(1.0, 0.5, 100);

    assertThat(settings.epsilon(0)).isEqualTo(1.0);
    assertThat(settings.epsilon(50)).isEqualTo(0.75);
    assertThat(settings.epsilon(100)).isEqualTo(0.5);
    assertThat(settings.epsilon(Long.MAX_VALUE)).isEqualTo(0.5);
  }

  private static void assertRefused(String override, String rule) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(override + " must " + rule);
  }
}
