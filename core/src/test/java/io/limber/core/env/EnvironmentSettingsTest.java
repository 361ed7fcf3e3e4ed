package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.env.EnvironmentSettings.Kind;
import org.junit.jupiter.api.Test;

class EnvironmentSettingsTest {

  private static EnvironmentSettings read(String overrides) {
    return EnvironmentSettings.from(
        Section.of(
            ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference()),
            "limber"));
  }

  @Test
  void from_referenceConf_givesTheDefaults() {
    assertThat(read("")).isEqualTo(new EnvironmentSettings(Kind.TRUE_LABEL, 100));
  }

  @Test
  void from_everyKeySet_readsEachFromItsPlace() {
    assertThat(read("limber.environment { kind = sparse-reward, max-episode-steps = 7 }"))
        .isEqualTo(new EnvironmentSettings(Kind.SPARSE_REWARD, 7));
    assertThat(read("limber.environment.kind = random-label").kind()).isEqualTo(Kind.RANDOM_LABEL);
  }

  @Test
  void from_senselessValues_areRefusedWithTheRule() {
    assertRefused(
        "limber.environment.max-episode-steps = 0",
        "be at least 1, or no episode could take a step");
    assertRefused(
        "limber.environment.kind = easy", "be one of true-label, random-label, sparse-reward");
  }

  private static void assertRefused(String override, String rule) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(override + " must " + rule);
  }
}
