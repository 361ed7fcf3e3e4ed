package io.limber.numerics.intervention;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.UnitGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Continual backprop: per layer, the share {@code replacement-rate} per update of its mature units,
 * those of least utility, is replaced; the next layer's biases take over what they gave on average.
 * Shares of a unit add up until they make one. The target network is left alone.
 *
 * @see "Dohare et al. (2024), Nature 632, algorithm 1; docs/adr/019-when-units-are-replaced.md"
 */
final class ReplaceUselessUnits implements Treatment {

  static final String NAME = "continual-backprop";

  private final InterventionSettings.ContinualBackprop settings;
  private final Network network;
  private final UnitReplacement replacement;
  private final UnitHistory history;
  private final double[] due; // units, with their fractions, per group
  private long lastStep;

  ReplaceUselessUnits(
      InterventionSettings.ContinualBackprop settings,
      Network network,
      UnitHistory history,
      AgentTensors tensors,
      SeededRandom random) {
    this.settings = settings;
    this.network = network;
    replacement = new UnitReplacement(network, tensors, random);
    this.history = history;
    due = new double[network.unitGroups().size()];
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    long updates = step - lastStep;
    lastStep = step;
    float[] state = history.read();
    List<Part> parts = new ArrayList<>();
    for (int g = 0; g < due.length; g++) {
      UnitGroup group = network.unitGroups().get(g);
      float[] own = history.of(g, state);
      int[] units = choose(g, own, group.units(), updates);
      if (units.length > 0) {
        long written = replacement.replace(group, units, correctedMeans(own, group.units()));
        history.restartInPlace(state, g, units);
        parts.add(new Part(network.name(group.producer()), units.length, written));
      }
    }
    if (!parts.isEmpty()) {
      history.write(state);
    }
    return parts;
  }

  @Override
  public SavedState state() {
    return SavedState.builder().put("due", due).put("last-step", lastStep).build();
  }

  @Override
  public void restore(SavedState state) {
    double[] saved = state.reals("due");
    System.arraycopy(saved, 0, due, 0, due.length);
    lastStep = state.integer("last-step");
  }

  /** The least useful of the mature units, as many as are due. */
  private int[] choose(int g, float[] state, int units, long updates) {
    int[] mature =
        IntStream.range(0, units).filter(u -> state[units + u] > settings.maturity()).toArray();
    due[g] += settings.replacementRate() * mature.length * updates;
    int count = (int) Math.min(mature.length, Math.floor(due[g]));
    due[g] -= count;
    return IntStream.of(mature)
        .boxed()
        .sorted(Comparator.comparingDouble(u -> state[u] / correction(state[units + u])))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Moving averages that started at zero are too small by this factor. */
  private double correction(float age) {
    return 1 - Math.pow(settings.decay(), age);
  }

  private float[] correctedMeans(float[] state, int units) {
    float[] means = Arrays.copyOfRange(state, 2 * units, state.length);
    for (int column = 0; column < means.length; column++) {
      means[column] /= (float) correction(state[units + column % units]);
    }
    return means;
  }
}
