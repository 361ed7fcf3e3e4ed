package io.limber.streams.alert;

import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts JSON to one address, in order, on a thread of its own; whoever sends never waits. At most
 * {@value #CAPACITY} messages wait, further ones are dropped; a message that fails is tried again a
 * bounded number of times, then dropped. Drops are logged and counted.
 *
 * <p>For each call the host's addresses are looked up once, and if one of them is not public
 * nothing is sent, unless that is allowed. The connection goes to an address that was judged, never
 * to what the name means a moment later. Redirects are not followed and no proxy is used, since
 * either could lead elsewhere.
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
  private final PinnedPost post;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(CAPACITY);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;

  /**
   * @param url checked by {@link WebhookSettings}
   * @param tls trusts whom https may be spoken with
   */
  Webhook(URI url, WebhookSettings settings, Resolver resolver, SSLContext tls) {
    this.url = url;
    this.settings = settings;
    this.resolver = resolver;
    post = new PinnedPost(url, settings.timeout(), new Judge(), tls);
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
    post.close();
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
  private String attempt(String json) {
    try {
      return problemOf(post.send(json));
    } catch (RefusedException e) {
      return e.getMessage();
    } catch (IOException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
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

  /** Why the host may not be called. */
  private static final class RefusedException extends UnknownHostException {

    private static final long serialVersionUID = 1;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /** Gives all addresses or none: a name with one private address could mean that one. */
  private final class Judge extends SystemDefaultDnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] addresses = resolver.resolve(host);
      if (!settings.allowPrivate()) {
        for (InetAddress address : addresses) {
          if (!PublicAddresses.contains(address)) {
            throw new RefusedException(
                "refused: "
                    + host
                    + " is "
                    + address.getHostAddress()
                    + ", which is not public; limber.alerts.webhook.allow-private-addresses allows it");
          }
        }
      }
      return addresses;
    }
  }
}
