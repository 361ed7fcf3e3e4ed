package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.env.SupervisedSettings.Labels;
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
    assertThat(read("")).isEqualTo(TestTasks.settings(Kind.TRUE_LABEL, 100));
  }

  @Test
  void from_everyKeySet_readsEachFromItsPlace() {
    assertThat(read("limber.environment { kind = sparse-reward, max-episode-steps = 7 }"))
        .isEqualTo(TestTasks.settings(Kind.SPARSE_REWARD, 7));
    assertThat(read("limber.environment.kind = random-label").kind()).isEqualTo(Kind.RANDOM_LABEL);
    assertThat(
            read(
                "limber.environment { kind = supervised, max-episode-steps = 30, supervised {"
                    + " labels = random, relabel-every-steps = 5, accuracy-images = 7 } }"))
        .isEqualTo(TestTasks.supervised(Labels.RANDOM, 5, 7));
  }

  @Test
  void from_senselessValues_areRefusedWithTheRule() {
    assertRefused(
        "limber.environment.max-episode-steps = 0",
        "be at least 1, or no episode could take a step");
    assertRefused(
        "limber.environment.kind = easy",
        "be one of true-label, random-label, sparse-reward, supervised");
  }

  @Test
  void from_senselessLabels_areRefusedWithTheRule() {
    assertRefused(
        "limber.environment.supervised.relabel-every-steps = -1",
        "not be negative; 0 keeps the first labels");
    assertRefused(
        "limber.environment.supervised.relabel-every-steps = 9",
        "be 0 with labels = true, which never change");
    assertRefused(
        "limber.environment.supervised.accuracy-images = -1", "not be negative; 0 measures none");
  }

  private static void assertRefused(String override, String rule) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(override + " must " + rule);
  }
}
