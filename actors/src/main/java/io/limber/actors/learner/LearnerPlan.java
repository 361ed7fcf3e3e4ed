package io.limber.actors.learner;

import io.limber.actors.probe.ProbeSchedule;
import io.limber.core.agent.Learner;
import java.time.Duration;
import java.util.Collection;

/**
 * What is due at which learner step. Immutable.
 *
 * @param lockstep the learner draws no batch ahead and waits for its reports to be taken
 * @param updates learner updates after which the run ends
 * @param updatesPerCall updates done in one call; divides all other counts
 * @param batchSize transitions in one update
 * @param targetUpdatePeriod updates between two synchronisations of the target network
 * @param reportPeriod updates between two reports
 * @param policyPeriod updates between two snapshots for policies
 * @param probes when probes want a snapshot
 * @param checkpointPeriod updates between two checkpoints; 0 for none, not even at the end
 * @param batches batch buffers in use: 1, and those drawn ahead
 * @param systemReportInterval wall-clock time between two reports of the rate
 */
public record LearnerPlan(
    boolean lockstep,
    long updates,
    int updatesPerCall,
    int batchSize,
    long targetUpdatePeriod,
    long reportPeriod,
    long policyPeriod,
    ProbeSchedule probes,
    long checkpointPeriod,
    int batches,
    Duration systemReportInterval) {

  /** The same with at least so many batches drawn ahead: a round trip is to be filled. */
  public LearnerPlan withBatchesAhead(int ahead) {
    return new LearnerPlan(
        lockstep,
        updates,
        updatesPerCall,
        batchSize,
        targetUpdatePeriod,
        reportPeriod,
        policyPeriod,
        probes,
        checkpointPeriod,
        Math.max(batches, 1 + ahead),
        systemReportInterval);
  }

  /** Transitions in the batch of one call. */
  int batchRows() {
    return batchSize * updatesPerCall;
  }

  /**
   * The learner itself, if it is the one that was planned for.
   *
   * @throws IllegalStateException if its batches are of other sizes; it is closed then
   */
  Learner check(Learner learner) {
    if (learner.batchSize() != batchSize || learner.updatesPerCall() != updatesPerCall) {
      String sizes = learner.batchSize() + " x " + learner.updatesPerCall();
      learner.close();
      throw new IllegalStateException(
          "the learner takes batches of " + sizes + ", not " + batchSize + " x " + updatesPerCall);
    }
    return learner;
  }

  boolean policyDue(long step) {
    return step % policyPeriod == 0;
  }

  boolean probeDue(long step) {
    return probes.anyDue(step);
  }

  Collection<String> probesDue(long step) {
    return probes.due(step);
  }

  boolean reportDue(long step) {
    return step % reportPeriod == 0;
  }

  boolean ended(long step) {
    return step >= updates;
  }

  /** Calls of the learner in the whole run. */
  long calls() {
    return updates / updatesPerCall;
  }
}
