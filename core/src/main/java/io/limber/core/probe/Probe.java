package io.limber.core.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.replay.Transitions;
import java.util.Optional;

/**
 * Measures snapshots. A result is a pure function of the snapshot, the transitions and the probe's
 * own seed, so it does not matter who computes it and when. Not thread-safe: one owner.
 */
public interface Probe extends AutoCloseable {

  /** Name in the config and in metrics, for instance {@code plasticity}. */
  String name();

  /** Transitions that {@link #measure} wants. */
  int transitions();

  /** What one measurement is expected to take; empty where the probe cannot say. */
  default Optional<ProbeCost> cost() {
    return Optional.empty();
  }

  /**
   * Measures.
   *
   * @param snapshot what was learned; neither it nor the learner that made it is touched
   * @param transitions at least {@link #transitions()} replayed transitions, still the caller's
   *     afterwards
   * @param progress is told the done fraction in [0, 1] now and then
   * @return what was found, at the snapshot's step
   * @throws ArithmeticException if a loss is not finite; the message says which
   */
  ProbeResult measure(AgentSnapshot snapshot, Transitions transitions, Progress progress);

  /** Frees native memory; idempotent. */
  @Override
  void close();

  /** Told how far a measurement is. */
  @FunctionalInterface
  interface Progress {
    Progress IGNORED = done -> {};

    void at(double done);
  }
}
