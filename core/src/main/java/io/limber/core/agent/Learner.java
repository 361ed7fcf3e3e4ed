package io.limber.core.agent;

import io.limber.core.metrics.Measurement;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Owns an agent's parameters, optimiser state and target network. Not thread-safe: one owner. Its
 * step counter is the clock of the run.
 */
public interface Learner extends AutoCloseable {

  ParameterLayout layout();

  /** Transitions per update. */
  int batchSize();

  /** Updates done in one call of {@link #update}; fixed, because the program is compiled for it. */
  int updatesPerCall();

  /** Updates done so far. */
  long step();

  /**
   * Does {@link #updatesPerCall()} optimiser steps, the i-th on rows [i · batchSize, (i + 1) ·
   * batchSize), and synchronises the target network whenever the step counter reaches a multiple of
   * the target update period, which is a multiple of {@code updatesPerCall}. Then the interventions
   * fire that are due.
   *
   * @param batch exactly updatesPerCall · batchSize transitions; still the caller's afterwards
   * @throws NonFiniteLossException if the loss is NaN or infinite; the supervisor stops or rolls
   *     back
   */
  UpdateReport update(Transitions batch);

  /**
   * Takes in what a probe measured of an earlier snapshot; interventions that wait for it fire
   * after the next call of {@link #update}.
   */
  void observe(List<Measurement> measurements);

  /**
   * Fires an intervention after the next call of {@link #update}, whatever its trigger says; its
   * trigger goes on as if that had not been.
   *
   * @param intervention one that is on
   * @throws IllegalArgumentException if there is none of this name
   */
  void fire(String intervention);

  /** A copy of the online parameters at {@link #step()}. */
  ParameterSnapshot snapshot();

  /**
   * A copy of everything that is learned at {@link #step()}; takes a few times as long as {@link
   * #snapshot}. The target network's step is the one of its last synchronisation.
   */
  AgentSnapshot agentSnapshot();

  /**
   * What probes measure at {@link #step()}: {@link #agentSnapshot}, or the same with other
   * parameters in place of the online ones where an experiment compares the learner with them.
   */
  default AgentSnapshot probedSnapshot() {
    return agentSnapshot();
  }

  /**
   * Writes everything that the learner goes on from: its variables as files in {@code folder}, the
   * rest as a value. The files are written but not yet synced to the disk.
   *
   * @param folder empty or not there yet
   * @throws IOException if a file cannot be written; the learner goes on as if nothing had happened
   */
  SavedState save(Path folder) throws IOException;

  /**
   * Goes on from what {@link #save} of a learner of the same settings wrote, bit for bit on a CPU.
   *
   * @throws io.limber.core.state.UnusableStateException if it was written by another kind of
   *     learner; this one must be closed then
   * @throws IOException if a file cannot be read; likewise
   */
  void restore(Path folder, SavedState state) throws IOException;

  /**
   * Makes it more careful from now on, after it was brought back to a state before its loss
   * diverged.
   */
  void recover(Recovery recovery);

  /** Frees native memory; idempotent. */
  @Override
  void close();
}
