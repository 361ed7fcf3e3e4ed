package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsSettingsTest {

  @Test
  void settings_withoutOverrides_areTheDocumentedDefaults() {
    assertThat(settings(""))
        .isEqualTo(new MetricsSettings(1024, true, true, Duration.ofSeconds(2), true));
  }

  @Test
  void settings_withOverrides_followThem() {
    assertThat(
            settings(
                """
                limber.metrics {
                  queue-size = 7
                  jsonl.enabled = false
                  tensorboard { enabled = false, flush-interval = 100ms }
                  tables.enabled = false
                }
                """))
        .isEqualTo(new MetricsSettings(7, false, false, Duration.ofMillis(100), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue-size = 0 | limber.metrics.queue-size = 0 must be at least 1, or no report",
        "tensorboard.flush-interval = 0s | flush-interval = 0ms must be at least 1ms",
        "jsonl.enabled = perhaps | limber.metrics.jsonl.enabled"
      })
  void settings_thatCannotWork_areRefusedByName(String override, String message) {
    assertThatThrownBy(() -> settings("limber.metrics." + override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void fileSinks_ofTheSettings_areThoseEnabled() {
    Path run = Path.of("run");

    assertThat(settings("").fileSinks(run, OptionalLong.empty()))
        .extracting(MetricSink::name)
        .containsExactly("jsonl", "tensorboard", "tables");
    assertThat(
            settings("limber.metrics.jsonl.enabled = false").fileSinks(run, OptionalLong.empty()))
        .extracting(MetricSink::name)
        .containsExactly("tensorboard", "tables");
  }

  private static MetricsSettings settings(String overrides) {
    var config =
        ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference());
    return MetricsSettings.from(Section.of(config.resolve(), "limber"));
  }
}
