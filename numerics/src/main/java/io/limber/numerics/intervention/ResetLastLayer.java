package io.limber.numerics.intervention;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import java.util.List;

/**
 * Draws the output layer anew and clears its slots. Right after a synchronisation the target
 * network keeps the learned values: only the online network starts again.
 *
 * @see "Lyle et al. (2023), section 6.2; Nikishin et al. (2022), The Primacy Bias"
 */
final class ResetLastLayer implements Treatment {

  static final String NAME = "reset-last-layer";

  private final Network network;
  private final AgentTensors tensors;
  private final SeededRandom random;

  ResetLastLayer(Network network, AgentTensors tensors, SeededRandom random) {
    this.network = network;
    this.tensors = tensors;
    this.random = random;
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    Network.Stage head = network.lastDense();
    long written = 0;
    for (int i = head.from(); i < head.to(); i++) {
      float[] fresh = network.fresh(i, random);
      tensors.restart(i, AgentTensors.all(network.parameters().get(i)), fresh);
      written += fresh.length;
    }
    return List.of(new Part(network.name(head), 0, written));
  }
}
