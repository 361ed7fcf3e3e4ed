package io.limber.app.cluster;

import io.limber.actors.remote.ReplayOpener;
import io.limber.actors.remote.RunOpener;
import io.limber.app.batch.remote.AgentNodeMeans;
import java.util.Optional;

/**
 * What a node offers to its cluster.
 *
 * @param environments opens the runs whose environments it hosts; empty if it hosts none
 * @param replays reads what the replay tables need that it keeps; empty if it keeps none
 * @param agents trains agents of sweeps; empty if it trains none
 */
record NodeGuests(
    Optional<RunOpener> environments,
    Optional<ReplayOpener> replays,
    Optional<AgentNodeMeans> agents) {}
