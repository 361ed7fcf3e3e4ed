package io.limber.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.config.InvalidSettingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {

  @Test
  void settings_shippedDefaults_areRead() {
    assertThat(read()).isEqualTo(new NodeSettings(1, List.of(), Duration.ofSeconds(20)));
  }

  @Test
  void settings_whatANodeMaySay_isRead() {
    assertThat(
            read(
                "cluster.probes-at-once=3",
                "cluster.devices=[\"gpu:1\", cpu]",
                "cluster.handover-limit=1m"))
        .isEqualTo(new NodeSettings(3, List.of("gpu:1", "cpu"), Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probes-at-once=0",
        "probes-at-once=4",
        "devices=[tpu]",
        "devices=[auto]",
        "handover-limit=0s"
      })
  void settings_senselessValue_isRefusedByPath(String set) {
    assertThatThrownBy(() -> read("cluster." + set))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("limber.cluster." + set.substring(0, set.indexOf('=')))
        .hasMessageContaining("must");
  }

  private static NodeSettings read(String... sets) {
    List<Assignment> assignments =
        Arrays.stream(sets).map(text -> Assignment.parse("--set", text)).toList();
    return NodeSettings.from(
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments))
            .limber());
  }
}
