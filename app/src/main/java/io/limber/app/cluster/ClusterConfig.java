package io.limber.app.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.HostPort;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.MembershipSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Akka is told in a process that is a member of a cluster. */
final class ClusterConfig {

  private static final String TRANSPORT = "akka.remote.artery.transport";
  private static final String TLS = "tls-tcp";
  private static final String FRAME = "akka.remote.artery.advanced.maximum-frame-size";
  private static final String BLOCKS = "limber.cluster.max-block-bytes";

  /** What is around a message: addresses, lengths. */
  private static final long AROUND_BYTES = 6 << 10;

  private ClusterConfig() {}

  /**
   * @param roles what this member does
   * @throws InvalidConfigException if connections without TLS would leave the machine, or full
   *     messages would not fit the transport's frame
   */
  static Config of(EffectiveConfig config, MembershipSettings membership, List<String> roles) {
    Map<String, Object> decided = new HashMap<>();
    decided.put("akka.remote.artery.canonical.hostname", membership.bind().host());
    decided.put("akka.remote.artery.canonical.port", membership.bind().port());
    decided.put("akka.cluster.roles", roles);
    membership
        .health()
        .ifPresent(
            health -> {
              decided.put("akka.management.http.hostname", health.host());
              decided.put("akka.management.http.port", health.port());
            });
    Config whole =
        config.whole(
            ConfigFactory.parseMap(decided), ConfigFactory.parseResources("limber-cluster.conf"));
    requireSecret(whole, membership);
    requireRoom(whole);
    return whole;
  }

  /** The transport drops what is larger, and a sender would send it again for ever. */
  private static void requireRoom(Config whole) {
    long frame = whole.getBytes(FRAME);
    long blocks = whole.getBytes(BLOCKS);
    if (frame < blocks + AROUND_BYTES) {
      throw new InvalidConfigException(
          List.of(
              "%s = %d must be at least %d, or the transport would drop full messages of %s = %d; set that one lower, or leave the frame as it is"
                  .formatted(FRAME, frame, blocks + AROUND_BYTES, BLOCKS, blocks)));
    }
  }

  private static void requireSecret(Config whole, MembershipSettings membership) {
    boolean tls = whole.getString(TRANSPORT).equals(TLS);
    HostPort bind = membership.bind();
    if (!tls && !bind.isLoopback() && !membership.allowPlaintext()) {
      throw new InvalidConfigException(
          List.of(
              "limber.cluster.bind = "
                  + bind
                  + " must be an address of this machine alone, because the transport is not TLS:"
                  + " whoever reaches it could make this process do whatever a node may ask; add"
                  + " --config conf/roles/tls.conf, or set limber.cluster.allow-plaintext = true"));
    }
  }
}
