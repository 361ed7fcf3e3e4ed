package io.limber.actors.environment;

import java.time.Duration;

/**
 * When an environment actor acts with which snapshot, and when it reports. Immutable.
 *
 * @param lockstep acts with the exact snapshot that the drawn samples call for
 * @param inFlightChunks chunks sent and not yet confirmed
 * @param batchSize samples of one learner update
 * @param policyPeriod learner updates between two snapshots
 * @param reportPeriod learner updates between two reports
 * @param systemReportInterval wall-clock time between two reports of rates
 */
public record EnvironmentPlan(
    boolean lockstep,
    int inFlightChunks,
    int batchSize,
    long policyPeriod,
    long reportPeriod,
    Duration systemReportInterval) {

  /** The same with at least so many chunks in flight, where confirmations take longer. */
  public EnvironmentPlan withChunksInFlight(int least) {
    return new EnvironmentPlan(
        lockstep,
        Math.max(least, inFlightChunks),
        batchSize,
        policyPeriod,
        reportPeriod,
        systemReportInterval);
  }

  /**
   * Chunks that may be filled before an actor looks around again, which wakes two threads. Where
   * they travel it looks at its buffers and snapshots less often than they are confirmed anyway.
   */
  int chunksAtOnce() {
    return Math.max(1, inFlightChunks / 4);
  }

  /** Learner updates that the samples drawn so far are for. */
  long updates(long sampled) {
    return sampled / batchSize;
  }

  /** The least step of a snapshot that may act when so many samples are drawn. */
  long requiredStep(long sampled) {
    return lockstep ? updates(sampled) / policyPeriod * policyPeriod : 0;
  }

  /**
   * The last step at which a report was due, for one who acts with the snapshot of {@code step}.
   */
  long reportStep(long step) {
    return step / reportPeriod * reportPeriod;
  }
}
