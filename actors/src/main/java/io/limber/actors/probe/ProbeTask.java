package io.limber.actors.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.replay.Transitions;

/**
 * One measurement to be made.
 *
 * @param id numbers the measurements of a run
 * @param probe its name
 * @param snapshot what is measured
 * @param transitions drawn when the snapshot was handed over; whoever holds the task owns them
 * @param attempt 1, or 2 when it is tried again
 * @param failedAt number of whoever tried it first; -1 before that
 */
public record ProbeTask(
    long id,
    String probe,
    AgentSnapshot snapshot,
    Transitions transitions,
    int attempt,
    int failedAt) {

  /** One that is tried for the first time. */
  public static ProbeTask first(
      long id, String probe, AgentSnapshot snapshot, Transitions transitions) {
    return new ProbeTask(id, probe, snapshot, transitions, 1, -1);
  }

  ProbeTask again(int failedAt) {
    return new ProbeTask(id, probe, snapshot, transitions, attempt + 1, failedAt);
  }
}
