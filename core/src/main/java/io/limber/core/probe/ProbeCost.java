package io.limber.core.probe;

/**
 * What one measurement is expected to take, beside the snapshot and its transitions.
 *
 * @param gradients gradients of one batch, or what takes as long
 * @param batchSize transitions in such a batch
 * @param bytes memory at the same time, roughly
 */
public record ProbeCost(long gradients, int batchSize, long bytes) {}
