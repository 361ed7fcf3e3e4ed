package io.limber.protos;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.replay.Transitions;

/**
 * One measurement that a run orders of another node.
 *
 * @param id numbers the orders of those whose {@code replies} go to the same actor
 * @param probe its name
 * @param replies reference that hears how far it is, see {@link io.limber.protos.wire.ToOrderer}
 * @param results reference that takes the {@link ProbeAnswer}'s bytes
 * @param snapshot what is measured
 * @param transitions drawn for it; whoever holds the order owns them
 */
public record ProbeOrder(
    long id,
    String probe,
    String replies,
    String results,
    AgentSnapshot snapshot,
    Transitions transitions) {}
