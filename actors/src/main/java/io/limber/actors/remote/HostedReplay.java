package io.limber.actors.remote;

import io.limber.actors.replay.ReplayActorSettings;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;

/**
 * A run's replay as the node sees it that keeps it.
 *
 * @param replay the table's settings
 * @param random stream of a new table
 * @param settings of the actor in front of it
 * @param cluster what goes between nodes
 */
public record HostedReplay(
    ReplaySettings replay,
    SeededRandom random,
    ReplayActorSettings settings,
    ClusterSettings cluster) {}
