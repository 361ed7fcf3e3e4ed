package io.limber.numerics.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.runtime.ComputeDevice;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What the probes of one agent are made of. Immutable, but for the programs that are written into
 * the folder when they are first asked for: one thread at a time.
 *
 * @param folder takes one SavedModel per program
 * @param device computes
 * @param network of the snapshots, giving action values
 * @param observations how they enter
 * @param objective of the main task
 * @param optimizer of the main task
 * @param slots layout of its state
 * @param frequency factor inside the sine of the plasticity probe's targets
 * @param random the run's root streams
 */
public record ProbeParts(
    Path folder,
    ComputeDevice device,
    Network network,
    Observations observations,
    Objective objective,
    OptimizerSettings optimizer,
    ParameterLayout slots,
    double frequency,
    RandomStreams random) {

  /** Where a program lies; it is written by {@code export} if it is not there yet. */
  public Path program(String name, Consumer<Path> export) {
    Path program = folder.resolve(name);
    if (!Files.exists(program)) {
      export.accept(program);
    }
    return program;
  }

  /** A probe's own streams; equal seeds measure equal snapshots equally. */
  public RandomStreams streams(String probe) {
    return random.child("probe-" + probe);
  }

  /**
   * Lets through what can be measured.
   *
   * @throws IllegalArgumentException if the transitions are too few or of other observations, or
   *     the snapshot is of another architecture or optimiser
   * @throws ArithmeticException if a parameter is not finite; the message names it
   */
  void check(String probe, AgentSnapshot snapshot, Transitions transitions, int rows) {
    observations.check(probe, transitions, rows);
    checkLayout(snapshot.online(), network.layout());
    checkFinite(snapshot.online());
    snapshot.target().ifPresent(ProbeParts::checkFinite);
    snapshot.optimizer().ifPresent(state -> checkLayout(state, slots));
    snapshot.optimizer().ifPresent(ProbeParts::checkFinite);
  }

  private static void checkLayout(ParameterSnapshot snapshot, ParameterLayout layout) {
    if (!snapshot.layout().equals(layout)) {
      throw new IllegalArgumentException(
          "the snapshot is of "
              + snapshot.layout().architecture()
              + ", not of "
              + layout.architecture());
    }
  }

  private static void checkFinite(ParameterSnapshot snapshot) {
    FloatBuffer values = snapshot.values();
    for (ParameterLayout.Tensor tensor : snapshot.layout().tensors()) {
      for (int i = 0; i < tensor.size(); i++) {
        float value = values.get();
        if (!Float.isFinite(value)) {
          throw new ArithmeticException(
              "parameter " + i + " of " + tensor.name() + " in the snapshot is " + value);
        }
      }
    }
  }
}
