package io.limber.streams.alert;

import io.limber.core.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code limber.alerts}: the rules that are switched on, and whom to call. */
public final class AlertSettings {

  private final List<AlertRule> rules;
  private final WebhookSettings webhook;

  private AlertSettings(List<AlertRule> rules, WebhookSettings webhook) {
    this.rules = List.copyOf(rules);
    this.webhook = webhook;
  }

  /**
   * @param limber the section {@code limber}
   * @param environment variables of this process; one may hold the webhook's address
   */
  public static AlertSettings from(Section limber, Map<String, String> environment) {
    Section alerts = limber.section("alerts");
    List<AlertRule> rules = new ArrayList<>();
    alerts
        .sections("rules")
        .forEach(
            (name, rule) ->
                AlertRule.from(alerts.section("rules"), name, rule).ifPresent(rules::add));
    WebhookSettings webhook = WebhookSettings.from(alerts, environment);
    return new AlertSettings(alerts.bool("enabled") ? rules : List.of(), webhook);
  }

  /** Those that are switched on, by name; none if alerts are. */
  List<AlertRule> rules() {
    return rules;
  }

  WebhookSettings webhook() {
    return webhook;
  }
}
