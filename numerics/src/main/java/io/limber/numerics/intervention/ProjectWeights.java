package io.limber.numerics.intervention;

import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The projection of NaP: each hidden kernel goes back to its initial Frobenius norm, W ← ρ W/‖W‖,
 * and so does each norm's pair of gain and offset, taken as one vector. Biases of kernels are left
 * alone, and so is the output layer unless it is asked for: no norm follows it, so its scale is
 * what its values are made of. Slots stay: the direction that moments point in is still the one.
 * The target network is left alone; hidden kernels before a norm give it the same outputs anyway.
 *
 * @see "Lyle et al. (2024), Normalization and Effective Learning Rates in Reinforcement Learning,
 *     section 4"
 */
final class ProjectWeights implements Treatment {

  static final String NAME = "nap";

  private record Piece(Stage stage, int from, int to, double norm) {}

  private final Network network;
  private final AgentTensors tensors;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @param initial the first parameters, whose norms are kept
   */
  ProjectWeights(
      InterventionSettings.Nap settings, Network network, AgentTensors tensors, float[] initial) {
    this.network = network;
    this.tensors = tensors;
    for (Stage stage : network.stages()) {
      boolean outputs = stage.place() == network.lastDense().place();
      boolean treated = stage.layer().isTrained() && (settings.head() || !outputs);
      if (stage.hasParameters() && treated) {
        int from = network.layout().offset(stage.from());
        // of a kernel's layer the kernel, of a norm all
        int to = stage.layer().makesUnits() ? stage.from() + 1 : stage.to();
        int end = network.layout().offset(to);
        pieces.add(new Piece(stage, from, end, norm(initial, from, end)));
      }
    }
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    float[] parameters = tensors.read();
    List<Part> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      double norm = norm(parameters, piece.from(), piece.to());
      if (norm > 0) { // what is all zero has no direction
        for (int i = piece.from(); i < piece.to(); i++) {
          parameters[i] = (float) (parameters[i] * piece.norm() / norm);
        }
        parts.add(new Part(network.name(piece.stage()), 0, piece.to() - piece.from()));
      }
    }
    tensors.write(parameters);
    return parts;
  }

  private static double norm(float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
