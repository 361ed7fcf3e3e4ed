package io.limber.streams.alert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts JSON to a URL over a connection to an address that the caller chose. The JDK's client looks
 * a host up itself, so that a name which changes between check and call would lead it elsewhere;
 * here the name is only what the certificate must be for and what the request says. No proxy, no
 * redirect, one request per connection.
 */
final class PinnedPost {

  private static final int MOST_LINE_BYTES = 8192;
  private static final int MOST_LINES = 128;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

  private final URI url;
  private final Duration limit;
  private final SSLSocketFactory tls;
  private volatile Socket open;

  /**
   * @param url http or https
   * @param limit for a whole call, from connecting to the answer
   * @param tls of https
   */
  PinnedPost(URI url, Duration limit, SSLSocketFactory tls) {
    this.url = url;
    this.limit = limit;
    this.tls = tls;
  }

  /**
   * Sends, and waits for the answer.
   *
   * @param address of the URL's host
   * @return the status of the answer
   * @throws IOException if it cannot be had within the limit, or the certificate is not the host's
   */
  int send(InetAddress address, String json) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      open = socket;
      // closing it is what ends whatever call waits for it
      CompletableFuture<Void> deadline =
          CompletableFuture.runAsync(
              () -> {
                late.set(true);
                abort();
              },
              CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
      try {
        socket.connect(new InetSocketAddress(address, port()), (int) limit.toMillis());
        return exchange(isTls() ? secured(socket) : socket, json);
      } finally {
        deadline.cancel(false);
        open = null;
      }
    } catch (IOException e) {
      if (late.get()) {
        throw new SocketTimeoutException("no answer within " + limit.toMillis() + " ms");
      }
      throw e;
    }
  }

  /** Ends a call that is under way, from another thread. */
  void abort() {
    Socket socket = open;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // it is of no use either way
      }
    }
  }

  private boolean isTls() {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private int port() {
    return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
  }

  /** Says the host's name, and takes no certificate of another one. */
  private Socket secured(Socket socket) throws IOException {
    String host = url.getHost().replaceAll("[\\[\\]]", ""); // around an IPv6 address
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, host, port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private int exchange(Socket socket, String json) throws IOException {
    socket.getOutputStream().write(request(json));
    socket.getOutputStream().flush();
    InputStream in = new BufferedInputStream(socket.getInputStream());
    int status = status(in);
    while (status / 100 == 1) { // only says that the answer is to come
      skipHeaders(in);
      status = status(in);
    }
    return status;
  }

  private byte[] request(String json) {
    byte[] body = json.getBytes(UTF_8);
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String port = url.getPort() >= 0 ? ":" + url.getPort() : "";
    String head =
        String.join(
            "\r\n",
            "POST " + path + query + " HTTP/1.1",
            "Host: " + url.getHost() + port,
            "User-Agent: limber",
            "Content-Type: application/json",
            "Content-Length: " + body.length,
            "Connection: close",
            "",
            "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static int status(InputStream in) throws IOException {
    String line = line(in);
    Matcher status = STATUS.matcher(line);
    if (!status.matches()) {
      throw new IOException("no answer in HTTP");
    }
    return Integer.parseInt(status.group(1));
  }

  private static void skipHeaders(InputStream in) throws IOException {
    for (int i = 0; i < MOST_LINES; i++) {
      if (line(in).isEmpty()) {
        return;
      }
    }
    throw new IOException("an answer with more than " + MOST_LINES + " headers");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() == MOST_LINE_BYTES) {
        throw new IOException(b < 0 ? "the answer broke off" : "an answer with an endless line");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
