package io.limber.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaySettingsTest {

  @Test
  void from_shippedDefaults_areThese() {
    assertThat(read("", false))
        .isEqualTo(new ReplaySettings(100_000, 1_000, 32, 20_480, Optional.empty(), 64, 256));
  }

  @Test
  void from_everyKey_isObeyed() {
    String config =
        "limber.replay { capacity = 500, min-size = 70, samples-per-insert = 0.25,"
            + " tolerance = 3.5, file = store/replay.bin }";

    assertThat(read(config, false))
        .isEqualTo(
            new ReplaySettings(
                500, 70, 0.25, 3.5, Optional.of(Path.of("store/replay.bin")), 64, 256));
  }

  @Test
  void from_lockstep_usesNoTolerance() {
    assertThat(read("", true).tolerance()).isZero();
  }

  @Test
  void storeBytes_ofMnist_areTwentyFiveCacheLinesPerTransition() {
    assertThat(read("", false).storeBytes(new TransitionSpec(784))).isEqualTo(160_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "capacity = 63 | limber.replay.capacity | be at least 64, the transitions of one chunk"
            + " (environments.per-actor), or none could be stored",
        "capacity = 999 | limber.replay.min-size | lie in [1, capacity = 999], or no batch could"
            + " ever be drawn",
        "min-size = 0 | limber.replay.min-size | lie in [1, capacity = 100000], or no batch could"
            + " ever be drawn",
        "samples-per-insert = 0 | limber.replay.samples-per-insert | be positive and finite, or no"
            + " batch could ever be drawn",
        "samples-per-insert = -1 | limber.replay.samples-per-insert | be positive and finite, or no"
            + " batch could ever be drawn",
        "tolerance = -0.5 | limber.replay.tolerance | be at least 0 and finite, or inserts and"
            + " samples could wait for each other for ever",
        "samples-per-insert = 0.33333333333 | limber.replay.samples-per-insert | have at most 9"
            + " decimal places, or samples could not be counted exactly",
        "tolerance = 1e-10 | limber.replay.tolerance | have at most 9 decimal places, or samples"
            + " could not be counted exactly",
        "samples-per-insert = 1e17 | limber.replay.samples-per-insert | do not fit in 64 bits",
      })
  void from_whatCannotWork_isRefusedWithTheConsequence(String line, String path, String rule) {
    assertThatThrownBy(() -> read("limber.replay { " + line + " }", false))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(path + " = ")
        .hasMessageContaining(rule);
  }

  @Test
  void construction_emptyChunkOrBatch_isRefused() {
    assertThatThrownBy(() -> Rows.settings(10, 1, 1, 0, 0, 1))
        .hasMessageContaining("chunk size = 0 must be at least 1");
    assertThatThrownBy(() -> Rows.settings(10, 1, 1, 0, 1, 0))
        .hasMessageContaining("batch size = 0 must be at least 1");
  }

  private static ReplaySettings read(String overrides, boolean lockstep) {
    var config =
        ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference());
    return ReplaySettings.from(Section.of(config.resolve(), "limber"), 64, 256, lockstep);
  }
}
