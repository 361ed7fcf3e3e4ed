package io.limber.numerics.curvature;

import io.limber.numerics.network.Direction;
import io.limber.numerics.network.LayerGradient;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The derivative of a forward and a backward pass along a direction of the parameters (Pearlmutter
 * 1994, Fast exact multiplication by the Hessian).
 */
final class DirectionalPass {

  private final Ops tf;
  private final Network network;
  private final Pass pass;
  private final List<Operand<TFloat32>> values;
  private final List<Operand<TFloat32>> moves;

  /** How what is at each place moves; null where nothing does. */
  private final List<Operand<TFloat32>> moved = new ArrayList<>();

  /**
   * The forward pass.
   *
   * @param pass at {@code values}
   * @param values parameters, in the layout's order
   * @param moves how they move
   */
  DirectionalPass(
      Ops tf,
      Network network,
      Pass pass,
      List<Operand<TFloat32>> values,
      List<Operand<TFloat32>> moves) {
    this.tf = tf;
    this.network = network;
    this.pass = pass;
    this.values = values;
    this.moves = moves;
    moved.add(null); // the observations
    for (Stage stage : network.stages()) {
      Direction direction = direction(stage);
      moved.add(
          direction.isZero()
              ? null
              : stage.layer().tangent(tf, pass.at(stage, stage.own(values)), direction));
    }
  }

  /** How the outputs move, [n, A]. */
  Operand<TFloat32> outputs() {
    return moved.get(moved.size() - 1);
  }

  /**
   * How the gradients of all parameters move, in the layout's order. A place's gradient is the sum
   * of those from all stages that take it.
   *
   * @param outputGradient how the gradient with respect to the outputs moves, [n, A]
   */
  List<Operand<TFloat32>> gradients(Operand<TFloat32> outputGradient) {
    List<Operand<TFloat32>> result = new ArrayList<>(Collections.nCopies(values.size(), null));
    List<Operand<TFloat32>> deltas = new ArrayList<>(Collections.nCopies(moved.size(), null));
    deltas.set(moved.size() - 1, outputGradient);
    for (int place = moved.size() - 1; place > 0; place--) {
      if (moved.get(place) == null) {
        continue; // no parameter comes before it
      }
      Stage stage = network.stages().get(place - 1);
      LayerGradient gradient =
          stage
              .layer()
              .gradientTangent(
                  tf, pass.at(stage, stage.own(values)), direction(stage), deltas.get(place));
      Collections.copy(result.subList(stage.from(), stage.to()), gradient.parameters());
      addInputs(stage, gradient, deltas);
    }
    return result;
  }

  private void addInputs(Stage stage, LayerGradient gradient, List<Operand<TFloat32>> deltas) {
    for (int i = 0; i < stage.inputs().size(); i++) {
      Operand<TFloat32> more = gradient.inputs().get(i);
      int place = stage.inputs().get(i);
      Operand<TFloat32> before = deltas.get(place);
      if (more != null) {
        deltas.set(place, before == null ? more : tf.math.add(before, more));
      }
    }
  }

  private Direction direction(Stage stage) {
    return new Direction(stage.inputs(moved), stage.own(moves));
  }
}
