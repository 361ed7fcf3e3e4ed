package io.limber.streams.alert;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts JSON to one URL. For each call the host is looked up once, by a resolver that may refuse
 * what it finds, and the connection goes to an address that it gave: the JDK's client would look
 * the name up again, and a name may change meanwhile. No proxy, no redirect, one request per
 * connection.
 */
final class PinnedPost implements AutoCloseable {

  private final URI url;
  private final Duration limit;
  private final CloseableHttpClient client;
  private volatile HttpPost underWay;

  /**
   * @param url http or https
   * @param limit for a whole call, from connecting to the answer
   * @param resolver asked once per call
   * @param tls of https; the certificate must be the host's
   */
  PinnedPost(URI url, Duration limit, DnsResolver resolver, SSLContext tls) {
    this.url = url;
    this.limit = limit;
    Timeout timeout = Timeout.of(limit);
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver)
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(timeout).build())
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("limber")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /**
   * Sends, and waits for the answer.
   *
   * @return the status of the answer
   * @throws IOException if it cannot be had within the limit, the resolver refuses, or the
   *     certificate is not the host's
   */
  int send(String json) throws IOException {
    HttpPost post = new HttpPost(url);
    post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    underWay = post;
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Void> deadline =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              post.cancel();
            },
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return client.execute(post, response -> response.getCode());
    } catch (IOException e) {
      if (late.get()) {
        throw new SocketTimeoutException("no answer within " + limit.toMillis() + " ms");
      }
      throw e;
    } finally {
      deadline.cancel(false);
      underWay = null;
    }
  }

  /** Ends a call that is under way, from another thread, and takes no further one. */
  @Override
  public void close() {
    HttpPost post = underWay;
    if (post != null) {
      post.cancel();
    }
    client.close(CloseMode.IMMEDIATE);
  }
}
