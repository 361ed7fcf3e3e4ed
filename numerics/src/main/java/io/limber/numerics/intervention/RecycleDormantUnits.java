package io.limber.numerics.intervention;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.UnitGroup;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * ReDo: replaces units whose mean |activation| on the observations of the call that ended, over
 * their layer's mean of the same, is at most τ. The target network is left alone: it bootstraps
 * with what was learned until the next synchronisation.
 *
 * @see "Sokar et al. (2023), The Dormant Neuron Phenomenon in Deep Reinforcement Learning, eq 1 and
 *     algorithm 1"
 */
final class RecycleDormantUnits implements Treatment {

  static final String NAME = "redo";

  private final double threshold;
  private final Network network;
  private final Observations observations;
  private final Function activities;
  private final UnitReplacement replacement;
  private final Optional<UnitHistory> history;

  /**
   * @param history of the units, where continual backprop keeps one: new units are young to it
   */
  RecycleDormantUnits(
      double threshold,
      Network network,
      Observations observations,
      Program program,
      AgentTensors tensors,
      Optional<UnitHistory> history,
      SeededRandom random) {
    this.threshold = threshold;
    this.network = network;
    this.observations = observations;
    activities = program.function(UnitActivities.FUNCTION);
    replacement = new UnitReplacement(network, tensors, random);
    this.history = history;
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    float[] all =
        activities
            .call(in -> observations.feed(in, "observations", batch.sTm1(), batch.size()))
            .floats("activities");
    List<Part> parts = new ArrayList<>();
    List<int[]> replaced = new ArrayList<>();
    int from = 0;
    for (UnitGroup group : network.unitGroups()) {
      int columns = UnitActivities.columns(network, group);
      float[] own = Arrays.copyOfRange(all, from, from + columns);
      int[] dormant = dormant(own, group.units());
      long written = replacement.replace(group, dormant, new float[columns]);
      parts.add(new Part(network.name(group.producer()), dormant.length, written));
      replaced.add(dormant);
      from += columns;
    }
    history.ifPresent(kept -> restart(kept, replaced));
    return parts;
  }

  private static void restart(UnitHistory history, List<int[]> replaced) {
    float[] state = history.read();
    for (int group = 0; group < replaced.size(); group++) {
      history.restartInPlace(state, group, replaced.get(group));
    }
    history.write(state);
  }

  /** Units with a score up to τ; all of a layer that is silent altogether. */
  private int[] dormant(float[] activity, int units) {
    double[] sums = new double[units];
    double total = 0;
    for (int column = 0; column < activity.length; column++) {
      sums[column % units] += activity[column];
      total += activity[column];
    }
    double limit = threshold * total / units;
    return IntStream.range(0, units).filter(unit -> sums[unit] <= limit).toArray();
  }
}
