package io.limber.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSettingsTest {

  @Test
  void rules_withoutOverrides_areTheDocumentedOnes() {
    assertThat(settings("").rules())
        .extracting(AlertRule::name)
        .containsExactly(
            "checkpoint-failing",
            "disk-space",
            "learner-silent",
            "loss-not-finite",
            "memory-growth",
            "plasticity-falling",
            "probe-lag",
            "replay-starving");
    assertThat(settings("").webhook().url()).isEmpty();
  }

  @Test
  void rules_ofOnesOwn_comeBesideThem() {
    AlertSettings settings =
        settings(
            """
            limber.alerts.rules {
              probe-lag.enabled = false
              dead { metric = statistics/dead-fraction, condition = "> 0.5" }
            }
            """);

    assertThat(settings.rules()).extracting(AlertRule::name).contains("dead");
    assertThat(settings.rules()).extracting(AlertRule::name).doesNotContain("probe-lag");
  }

  @Test
  void rules_whenAlertsAreOff_areNone() {
    assertThat(settings("limber.alerts.enabled = false").rules()).isEmpty();
  }

  @Test
  void webhook_fromTheEnvironment_isTakenUnlessAnUrlIsGiven() {
    Map<String, String> environment = Map.of("LIMBER_ALERT_WEBHOOK", "https://a.example/secret");

    assertThat(settings("", environment).webhook().url())
        .contains(URI.create("https://a.example/secret"));
    assertThat(
            settings("limber.alerts.webhook.url = \"https://b.example\"", environment)
                .webhook()
                .url())
        .contains(URI.create("https://b.example"));
  }

  @Test
  void webhook_ofABadSecret_isRefusedWithoutSayingIt() {
    assertThatThrownBy(
            () -> settings("", Map.of("LIMBER_ALERT_WEBHOOK", "http://a.example/secret")))
        .hasMessageContaining("webhook.url-variable = LIMBER_ALERT_WEBHOOK must give an https")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules.probe-lag.metric = probe/leg | rules.probe-lag.metric = probe/leg must be a metric of",
        "rules.probe-lag.condition = high | rules.probe-lag.condition = high must be like",
        "rules.probe-lag.for = -1s | rules.probe-lag.for = PT-1S must not be negative",
        "rules.learner-silent.for = 0s | learner-silent.for = 0ms must be at least 1s with",
        "rules.Mine { metric = probe/lag } | limber.alerts.rules.Mine = {…} must have a kebab-case",
        "rules.mine { metric = probe/lag } | limber.alerts.rules.mine.condition is not set",
        "webhook.url = \"http://a.example\" | webhook.url = http://a.example must give an https",
        "webhook.url = \"https://user@a.example\" | webhook.url = https://user@a.example must give",
        "webhook.url = \"https:///path\" | webhook.url = https:///path must give",
        "webhook.url = \"file:///etc/passwd\" | webhook.url = file:///etc/passwd must give",
        "webhook { url = \"ftp://a\", allow-private-addresses = true } | webhook.url = ftp://a must",
        "webhook.attempts = 0 | limber.alerts.webhook.attempts = 0 must lie in [1, 20]",
        "webhook.timeout = 0s | limber.alerts.webhook.timeout = 0ms must be at least 1ms"
      })
  void settings_thatCannotWork_areRefusedByName(String override, String message) {
    assertThatThrownBy(() -> settings("limber.alerts." + override))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message);
  }

  private static AlertSettings settings(String overrides) {
    return settings(overrides, Map.of());
  }

  private static AlertSettings settings(String overrides, Map<String, String> environment) {
    var config =
        ConfigFactory.parseString(overrides).withFallback(ConfigFactory.defaultReference());
    return AlertSettings.from(Section.of(config.resolve(), "limber"), environment);
  }
}
