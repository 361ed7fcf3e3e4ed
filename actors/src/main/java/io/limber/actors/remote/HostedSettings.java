package io.limber.actors.remote;

import io.limber.actors.environment.EnvironmentActorSettings;
import io.limber.actors.environment.EnvironmentPlan;
import io.limber.core.replay.TransitionSpec;
import io.limber.protos.LatestObservations;
import java.time.Duration;

/**
 * What both ends of the arrows to and from an environment must agree on: read from the run's
 * configuration on either side. Immutable.
 *
 * @param spec sizes of a transition
 */
public record HostedSettings(
    EnvironmentPlan plan,
    EnvironmentActorSettings environments,
    TransitionSpec spec,
    ClusterSettings cluster) {

  public HostedSettings {
    plan = plan.withChunksInFlight(cluster.inFlightChunks()); // a round trip is to be filled
  }

  BlockPlan blocks() {
    return BlockPlan.of(spec, environments.perActor(), cluster.maxBlockBytes());
  }

  /** Of one environment actor, before its first chunk. */
  LatestObservations latestObservations() {
    return new LatestObservations(spec, environments.perActor());
  }

  /**
   * How long transitions wait for others to fill a message with; not at all in lockstep, where
   * nothing else comes before they have arrived.
   */
  Duration linger() {
    return plan.lockstep() ? Duration.ZERO : cluster.linger();
  }

  /** Blocks of one environment actor that may be on their way. */
  int window() {
    return blocks().perChunk() * plan.inFlightChunks();
  }
}
