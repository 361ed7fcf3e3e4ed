package io.limber.protos;

import io.limber.core.probe.ProbeResult;

/**
 * What a node found for a {@link ProbeOrder}.
 *
 * @param id as in the order
 * @param step of the snapshot
 * @param seconds that the measurement alone took
 */
public record ProbeAnswer(long id, long step, double seconds, ProbeResult result) {}
