package io.limber.app.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import akka.management.javadsl.AkkaManagement;
import io.limber.actors.serialization.JavaSerialization;
import io.limber.app.config.HostPort;
import io.limber.app.config.MembershipSettings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins a cluster, or begins one. */
final class Membership {

  /** Role of the process that a run or a sweep is in: a part of the cluster with it goes on. */
  static final String RUN = "run";

  /** All members' actor systems have this name, or they would not let each other in. */
  static final String SYSTEM = "limber";

  private static final Logger log = LoggerFactory.getLogger(Membership.class);

  private Membership() {}

  /** Joins, again and again until a member is there; returns the address of this process. */
  static HostPort enter(ActorSystem<?> system, MembershipSettings settings) {
    JavaSerialization.requireOff(system.settings().config());
    Cluster cluster = Cluster.get(system);
    Address self = cluster.selfMember().address();
    if (settings.join().isEmpty()) {
      cluster.manager().tell(Join.create(self));
    } else {
      List<Address> seeds =
          settings.join().stream().map(member -> address(system, member)).toList();
      cluster.manager().tell(new JoinSeedNodes(seeds));
    }
    settings.health().ifPresent(health -> tellHealth(system, health));
    return hostPort(self);
  }

  static HostPort hostPort(Address address) {
    return new HostPort(address.getHost().orElseThrow(), address.getPort().orElseThrow());
  }

  private static Address address(ActorSystem<?> system, HostPort member) {
    return new Address("akka", system.name(), member.host(), member.port());
  }

  /** A process that cannot tell its health still does its work; the log says so. */
  private static void tellHealth(ActorSystem<?> system, HostPort health) {
    AkkaManagement.get(system)
        .start()
        .whenComplete(
            (uri, failure) -> {
              if (failure == null) {
                log.info("health is told at {}", uri);
              } else {
                log.warn("health cannot be told at {}: {}", health, failure.toString());
              }
            });
  }
}
