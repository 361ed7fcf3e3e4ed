package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.replay.TransitionSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

  private static ClusterSettings read(String override) {
    return ClusterSettings.from(
        Section.of(
            ConfigFactory.parseString(override).withFallback(ConfigFactory.load()).resolve(),
            "limber"));
  }

  @Test
  void settings_shippedDefaults_areRead() {
    assertThat(read(""))
        .isEqualTo(
            new ClusterSettings(
                1,
                Duration.ofSeconds(2),
                16,
                448 << 10,
                Duration.ofMillis(10),
                4,
                1L << 30,
                ProbePlace.AUTO,
                ReplayPlace.LOCAL,
                4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait-for.environment = 0",
        "resend-after = 1ms",
        "in-flight-chunks = 0",
        "max-block-bytes = 512 KiB",
        "linger = -1ms",
        "linger = 2s",
        "snapshot-window = 0",
        "max-snapshot-bytes = 0",
        "probes = elsewhere",
        "replay = nowhere",
        "batches-ahead = -1",
        "batches-ahead = 257"
      })
  void settings_senselessValue_isRefusedByPath(String override) {
    String path = "limber.cluster." + override.substring(0, override.indexOf(' '));

    assertThatThrownBy(() -> read("limber.cluster." + override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(path);
  }

  @Test
  void blocks_ofAChunkThatFits_areOne() {
    assertThat(BlockPlan.of(new TransitionSpec(784), 64, 128 << 10))
        .isEqualTo(new BlockPlan(64, 1));
  }

  @Test
  void blocks_ofAChunkBeyondTheFrame_areSeveral() {
    // 6,156 bytes each: 21 fit into 128 KiB less what is around them
    assertThat(BlockPlan.of(new TransitionSpec(3072), 64, 128 << 10))
        .isEqualTo(new BlockPlan(21, 4));
  }

  @Test
  void blocks_ofATransitionBeyondTheFrame_areRefusedWithTheKey() {
    assertThatThrownBy(() -> BlockPlan.of(new TransitionSpec(100_000), 1, 128 << 10))
        .hasMessageContaining("limber.cluster.max-block-bytes");
  }
}
