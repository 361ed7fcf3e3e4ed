package io.limber.numerics.intervention;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * θ ← shrink θ + perturb ψ, ψ a fresh draw of the initialiser, and cleared slots: the source starts
 * a new optimiser with the new weights. Gains of norms have ψ = 1. Right after a synchronisation
 * the target network keeps the learned values. Shrink 0 and perturb 1 is a full reset.
 *
 * @see "Ash and Adams (2020), On Warm-Starting Neural Network Training, section 4"
 */
final class ShrinkWeights implements Treatment {

  static final String NAME = "shrink-and-perturb";

  private final InterventionSettings.ShrinkAndPerturb settings;
  private final Network network;
  private final AgentTensors tensors;
  private final SeededRandom random;

  ShrinkWeights(
      InterventionSettings.ShrinkAndPerturb settings,
      Network network,
      AgentTensors tensors,
      SeededRandom random) {
    this.settings = settings;
    this.network = network;
    this.tensors = tensors;
    this.random = random;
  }

  /** The layers that it treats. */
  static List<Stage> layers(InterventionSettings.ShrinkAndPerturb settings, Network network) {
    return network.stages().stream()
        .filter(stage -> stage.hasParameters() && stage.layer().isTrained())
        .filter(
            stage -> settings.layers().isEmpty() || settings.layers().contains(network.name(stage)))
        .toList();
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    float[] parameters = tensors.read();
    List<Part> parts = new ArrayList<>();
    for (Stage stage : layers(settings, network)) {
      long written = 0;
      for (int i = stage.from(); i < stage.to(); i++) {
        written += blend(parameters, network.layout().offset(i), network.fresh(i, random));
        tensors.clearSlots(i);
      }
      parts.add(new Part(network.name(stage), 0, written));
    }
    tensors.write(parameters);
    return parts;
  }

  private int blend(float[] parameters, int from, float[] fresh) {
    for (int i = 0; i < fresh.length; i++) {
      parameters[from + i] =
          (float) (settings.shrink() * parameters[from + i] + settings.perturb() * fresh[i]);
    }
    return fresh.length;
  }
}
