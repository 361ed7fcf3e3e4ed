package io.limber.app.config;

import io.limber.core.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The part of the section {@code limber.cluster} that is about being a member.
 *
 * @param bind where this process listens, and is reached by others
 * @param join members to join; none to begin a cluster
 * @param health where readiness and liveness are told over HTTP; empty for nowhere
 * @param allowPlaintext connections without TLS may leave this machine
 * @param downAfter how long a node may be out of reach of its run
 */
public record MembershipSettings(
    HostPort bind,
    List<HostPort> join,
    Optional<HostPort> health,
    boolean allowPlaintext,
    Duration downAfter) {

  private static final String FORM = "be HOST:PORT, for instance 127.0.0.1:25520";

  public MembershipSettings {
    join = List.copyOf(join);
  }

  /**
   * Reads them.
   *
   * @param limber the section {@code limber}
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static MembershipSettings from(Section limber) {
    Section cluster = limber.section("cluster");
    boolean plaintext = cluster.bool("allow-plaintext");
    HostPort bind = address(cluster, "bind", cluster.string("bind"));
    List<HostPort> join =
        cluster.strings("join").stream().map(text -> address(cluster, "join", text)).toList();
    String health = cluster.string("health");
    Optional<HostPort> told =
        health.isEmpty() ? Optional.empty() : Optional.of(address(cluster, "health", health));
    cluster.require(
        plaintext || told.isEmpty() || told.get().isLoopback(),
        "health",
        health,
        "be an address of this machine alone, for instance 127.0.0.1:8558, because it is told"
            + " without TLS; or set limber.cluster.allow-plaintext = true");
    Duration downAfter = cluster.duration("down-after");
    cluster.require(
        downAfter.toMillis() >= 1000, "down-after", downAfter, "be at least 1s: networks hiccup");
    return new MembershipSettings(bind, join, told, plaintext, downAfter);
  }

  private static HostPort address(Section cluster, String key, String text) {
    Optional<HostPort> address = HostPort.parse(text);
    cluster.require(address.isPresent(), key, text, FORM);
    return address.get();
  }
}
