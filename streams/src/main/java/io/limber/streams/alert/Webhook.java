package io.limber.streams.alert;

import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts JSON to one address, in order, on a thread of its own; whoever sends never waits. At most
 * {@value #CAPACITY} messages wait, further ones are dropped; a message that fails is tried again a
 * bounded number of times, then dropped. Drops are logged and counted.
 *
 * <p>Before each call the host's addresses are looked up, and if one of them is not public nothing
 * is sent, unless that is allowed. The client then takes them from the JVM's cache of the same
 * look-up; should a name change in between, the certificate that https asks for still has to be
 * that of the host. Redirects are not followed and no proxy is used, since either could lead
 * elsewhere.
 */
final class Webhook implements AutoCloseable {

  static final int CAPACITY = 64;

  /** A run that fails should still tell; a receiver that hangs should not hold it up. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  /** Looks up all addresses of a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final URI url;
  private final WebhookSettings settings;
  private final Resolver resolver;
  private final HttpClient client;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(CAPACITY);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;

  /**
   * @param url checked by {@link WebhookSettings}
   */
  Webhook(URI url, WebhookSettings settings, Resolver resolver) {
    this.url = url;
    this.settings = settings;
    this.resolver = resolver;
    client =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    thread = new Thread(this::run, "alert-webhook");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a message, or drops it. */
  void send(String json) {
    if (!waiting.offer(json)) {
      drop(CAPACITY + " alerts wait already");
    }
  }

  /** What waits, and what was never delivered. */
  Map<Metric, Double> counters() {
    return Map.of(
        Metric.QUEUE_DEPTH, (double) waiting.size(), Metric.QUEUE_DROPPED, dropped.doubleValue());
  }

  /** Tries what waits once more each, for a few seconds at most. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    try {
      while (closing.getCount() > 0 || !waiting.isEmpty()) {
        String json = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (json != null) {
          deliver(json);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("{} alerts were not sent before the run's end", waiting.size());
    }
  }

  private void deliver(String json) throws InterruptedException {
    Duration delay = settings.retryDelay();
    for (int attempt = 1; ; attempt++) {
      String problem = attempt(json);
      if (problem == null) {
        return;
      }
      boolean last = attempt == settings.attempts() || closing.getCount() == 0;
      if (last || problem.startsWith("refused")) {
        drop(problem);
        return;
      }
      LOG.debug("Webhook at {} failed, it is tried again: {}", url.getHost(), problem);
      if (closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("The run ends: the webhook is tried for the last time");
      }
      delay = delay.multipliedBy(2);
    }
  }

  /** Null if the receiver took it. */
  private String attempt(String json) throws InterruptedException {
    try {
      String refusal = refusal();
      if (refusal != null) {
        return refusal;
      }
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(settings.timeout())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return problemOf(status);
    } catch (IOException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private String refusal() throws UnknownHostException {
    if (!settings.allowPrivate()) {
      for (InetAddress address : resolver.resolve(url.getHost())) {
        if (!PublicAddresses.contains(address)) {
          return "refused: "
              + url.getHost()
              + " is "
              + address.getHostAddress()
              + ", which is not public; limber.alerts.webhook.allow-private-addresses allows it";
        }
      }
    }
    return null;
  }

  private static String problemOf(int status) {
    if (status / 100 == 2) {
      return null;
    }
    boolean mayPass = status >= 500 || status == 429 || status == 408;
    return (mayPass ? "" : "refused: ") + "the receiver answered " + status;
  }

  private void drop(String reason) {
    dropped.incrementAndGet();
    LOG.warn("An alert was not sent to the webhook at {}: {}", url.getHost(), reason);
  }
}
