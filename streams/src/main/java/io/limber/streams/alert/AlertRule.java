package io.limber.streams.alert;

import io.limber.core.config.Section;
import io.limber.core.metrics.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When to alert.
 *
 * @param name kebab-case; the source of the rule's metrics
 * @param metric what is judged, each source by itself
 * @param condition what must hold of it
 * @param holdFor for how long it must hold without a break
 */
record AlertRule(String name, Metric metric, Condition condition, Duration holdFor) {

  private static final String NAME = "[a-z][a-z0-9-]{0,63}";

  /** The rule of a section; empty if it is switched off. */
  static Optional<AlertRule> from(Section rules, String name, Section rule) {
    rules.require(name.matches(NAME), name, "{…}", "have a kebab-case name of at most 64 letters");
    List<String> keys = rule.keys();
    if (keys.contains("enabled") && !rule.bool("enabled")) {
      return Optional.empty();
    }
    String id = rule.string("metric");
    Optional<Metric> metric = Metric.ofId(id);
    rule.require(metric.isPresent(), "metric", id, "be a metric of docs/metrics.md");
    Duration holdFor = keys.contains("for") ? rule.duration("for") : Duration.ZERO;
    rule.require(!holdFor.isNegative(), "for", holdFor, "not be negative");
    Condition condition = condition(rule);
    rule.require(
        !condition.onSilence() || holdFor.toMillis() >= 1000,
        "for",
        holdFor.toMillis() + "ms",
        "be at least 1s with condition = missing: it says how long a value may be missing");
    return Optional.of(new AlertRule(name, metric.get(), condition, holdFor));
  }

  private static Condition condition(Section rule) {
    String text = rule.string("condition");
    try {
      return Condition.parse(text);
    } catch (IllegalArgumentException e) {
      rule.require(false, "condition", text, e.getMessage());
      throw e;
    }
  }
}
