package io.limber.actors.remote;

import io.limber.actors.environment.EnvironmentActorSettings;
import io.limber.actors.environment.EnvironmentPlan;
import io.limber.core.replay.TransitionSpec;
import io.limber.protos.LatestObservations;

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

  /** Blocks of one environment actor that may be on their way. */
  int window() {
    return blocks().perChunk() * plan.inFlightChunks();
  }
}
