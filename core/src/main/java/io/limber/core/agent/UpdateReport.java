package io.limber.core.agent;

/**
 * What a call of {@link Learner#update} saw.
 *
 * @param step learner updates done after the call
 * @param meanLoss mean over the call's updates of the mean loss over the batch
 * @param meanValue mean over the call's batches of the online network's value of the taken action
 */
public record UpdateReport(long step, double meanLoss, double meanValue) {}
