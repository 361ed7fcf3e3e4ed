package io.limber.app.cluster;

import akka.actor.typed.Behavior;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.ReplayNode;
import io.limber.actors.remote.RunOpener;
import io.limber.app.batch.remote.AgentNodeMeans;
import java.util.Optional;

/**
 * What a node offers to its cluster.
 *
 * @param environments opens the runs whose environments it hosts; empty if it hosts none
 * @param probes measures for runs; empty if it measures nothing
 * @param replays keeps the replay tables of runs; empty if it keeps none
 * @param agents trains agents of sweeps; empty if it trains none
 */
record NodeGuests(
    Optional<RunOpener> environments,
    Optional<Behavior<NodeActor.Command>> probes,
    Optional<Behavior<ReplayNode.Command>> replays,
    Optional<AgentNodeMeans> agents) {}
