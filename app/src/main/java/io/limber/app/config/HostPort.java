package io.limber.app.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A host and a port, as in {@code 127.0.0.1:25520} or {@code [::1]:25520}.
 *
 * @param port 0 for any that is free
 */
public record HostPort(String host, int port) {

  /** What the text means; empty if it is no host and port. */
  public static Optional<HostPort> parse(String text) {
    try {
      URI uri = new URI("limber://" + text);
      boolean whole = uri.getHost() != null && uri.getPort() >= 0 && uri.getPort() < 1 << 16;
      return whole && uri.getAuthority().equals(text)
          ? Optional.of(new HostPort(uri.getHost(), uri.getPort()))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether only this machine can reach it. A name that is unknown is not trusted to be. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
