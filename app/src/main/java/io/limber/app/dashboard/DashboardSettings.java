package io.limber.app.dashboard;

import io.limber.core.config.Section;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code limber.dashboard}.
 *
 * @param enabled whether a training run serves its dashboard
 * @param host address or name to listen at
 * @param port 0 for any that is free
 * @param hostNames names, beside the loopback ones and {@code host}, under which browsers may ask
 * @param allowControl whether a run may be paused, stopped and so on from the page
 * @param tokenFile owner-only file that holds the token; empty for a random one, printed at start
 * @param keyStore PKCS#12 file with the certificate and its key; empty for plain HTTP
 * @param keyStorePasswordFile owner-only file with its password
 * @param updateInterval time between two updates of a page
 * @param slowClientTimeout a client that takes nothing for this long is dropped
 * @param maxConnections open at once; more wait to be accepted
 */
public record DashboardSettings(
    boolean enabled,
    String host,
    int port,
    List<String> hostNames,
    boolean allowControl,
    Optional<Path> tokenFile,
    Optional<Path> keyStore,
    Optional<Path> keyStorePasswordFile,
    Duration updateInterval,
    Duration slowClientTimeout,
    int maxConnections) {

  private static final int MOST_PORT = 65_535;

  /**
   * @param limber the section {@code limber}
   */
  public static DashboardSettings from(Section limber) {
    Section dashboard = limber.section("dashboard");
    int port = dashboard.integer("port");
    dashboard.require(
        port >= 0 && port <= MOST_PORT, "port", port, "lie in [0, 65535], 0 for any free one");
    Section tls = dashboard.section("tls");
    Optional<Path> keyStore = file(tls, "key-store");
    Optional<Path> password = file(tls, "key-store-password-file");
    tls.require(
        keyStore.isPresent() == password.isPresent(),
        "key-store-password-file",
        password.map(Path::toString).orElse(""),
        "be set with key-store, and not without it");
    String host = dashboard.string("host");
    dashboard.require(
        loopback(host) || keyStore.isPresent(),
        "host",
        host,
        "be a loopback address such as 127.0.0.1 unless dashboard.tls.key-store is set: others"
            + " would see token and run in the clear");
    return new DashboardSettings(
        dashboard.bool("enabled"),
        host,
        port,
        dashboard.strings("host-names"),
        dashboard.bool("allow-control"),
        file(dashboard, "token-file"),
        keyStore,
        password,
        positive(dashboard, "update-interval"),
        positive(dashboard, "slow-client-timeout"),
        connections(dashboard));
  }

  private static int connections(Section dashboard) {
    int connections = dashboard.integer("max-connections");
    dashboard.require(
        connections >= 2, "max-connections", connections, "be at least 2: a page needs two");
    return connections;
  }

  private static Duration positive(Section dashboard, String key) {
    Duration duration = dashboard.duration(key);
    dashboard.require(
        duration.toMillis() >= 50, key, duration.toMillis() + "ms", "be at least 50ms");
    return duration;
  }

  private static Optional<Path> file(Section section, String key) {
    return section.file(key);
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The same, on any port that is free. */
  public DashboardSettings onAnyPort() {
    return new DashboardSettings(
        enabled,
        host,
        0,
        hostNames,
        allowControl,
        tokenFile,
        keyStore,
        keyStorePasswordFile,
        updateInterval,
        slowClientTimeout,
        maxConnections);
  }

  /** Whether others than this machine may connect; then everything needs the token. */
  boolean exposed() {
    return !loopback(host);
  }

  /** Whether there is anything that a token is needed for. */
  boolean needsToken() {
    return allowControl || exposed();
  }

  String scheme() {
    return keyStore.isPresent() ? "https" : "http";
  }
}
