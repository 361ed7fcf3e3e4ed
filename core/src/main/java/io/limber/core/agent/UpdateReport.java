package io.limber.core.agent;

import io.limber.core.intervention.Firing;
import java.util.List;

/**
 * What a call of {@link Learner#update} saw.
 *
 * @param step learner updates done after the call
 * @param targetUpdates synchronisations of the target network so far, counted where they are made
 * @param meanLoss mean over the call's updates of the mean loss over the batch
 * @param meanValue mean over the call's batches of the online network's value of the taken action
 * @param firings what interventions did after the call's last update
 */
public record UpdateReport(
    long step, long targetUpdates, double meanLoss, double meanValue, List<Firing> firings) {

  public UpdateReport {
    firings = List.copyOf(firings);
  }
}
