package io.limber.streams.alert;

import io.limber.core.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code limber.alerts.webhook}.
 *
 * @param url whom to call; empty for nobody
 * @param allowPrivate whether that may be a machine of the own network, and plain http
 * @param attempts calls for one alert, at least 1
 * @param timeout of each
 * @param retryDelay before the second call; doubled before each further one
 */
record WebhookSettings(
    Optional<URI> url, boolean allowPrivate, int attempts, Duration timeout, Duration retryDelay) {

  static WebhookSettings from(Section alerts, Map<String, String> environment) {
    Section webhook = alerts.section("webhook");
    int attempts = webhook.integer("attempts");
    webhook.require(attempts >= 1 && attempts <= 20, "attempts", attempts, "lie in [1, 20]");
    boolean allowPrivate = webhook.bool("allow-private-addresses");
    return new WebhookSettings(
        url(webhook, allowPrivate, environment),
        allowPrivate,
        attempts,
        webhook.positiveDuration("timeout"),
        webhook.positiveDuration("retry-delay"));
  }

  private static Optional<URI> url(
      Section webhook, boolean allowPrivate, Map<String, String> environment) {
    String text = webhook.string("url");
    String key = "url";
    String shown = text;
    String variable = webhook.string("url-variable");
    if (text.isEmpty() && !variable.isEmpty() && environment.containsKey(variable)) {
      text = environment.get(variable);
      key = "url-variable";
      shown = variable; // never the secret itself
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> url = parse(text);
    webhook.require(
        url.isPresent() && isAllowed(url.get(), allowPrivate),
        key,
        shown,
        "give an https address without user and fragment (http too with allow-private-addresses ="
            + " true): over plain http anyone on the way could answer in its place");
    return url;
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isAllowed(URI url, boolean allowPrivate) {
    boolean scheme =
        "https".equalsIgnoreCase(url.getScheme())
            || (allowPrivate && "http".equalsIgnoreCase(url.getScheme()));
    return scheme
        && url.getHost() != null
        && url.getUserInfo() == null
        && url.getFragment() == null;
  }
}
