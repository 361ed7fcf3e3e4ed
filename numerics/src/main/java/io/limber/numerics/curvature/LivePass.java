package io.limber.numerics.curvature;

import io.limber.numerics.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/** A pass computed when it is used. */
final class LivePass implements Pass {

  private final Ops tf;
  private final Network network;
  private final List<Operand<TFloat32>> activations;
  private List<Operand<TFloat32>> gradients = List.of();

  /** The forward pass. */
  LivePass(Ops tf, Network network, Operand<TFloat32> input, List<Operand<TFloat32>> parameters) {
    this.tf = tf;
    this.network = network;
    activations = network.activations(tf, input, parameters);
  }

  /** [n, A]. */
  Operand<TFloat32> outputs() {
    return activations.get(activations.size() - 1);
  }

  /** Adds the backward pass, which needs no gradient of a parameter. */
  void backward(Operand<TFloat32> outputGradient) {
    List<Operand<TFloat32>> hidden = activations.subList(1, activations.size() - 1);
    List<Operand<TFloat32>> result = new ArrayList<>();
    if (!hidden.isEmpty()) {
      Gradients derivatives =
          Gradients.create(
              tf.scope(), List.of(outputs()), hidden, Gradients.dx(List.of(outputGradient)));
      for (int i = 0; i < hidden.size(); i++) {
        result.add(shaped(derivatives.dy(i), network.shape(i + 1)));
      }
    }
    result.add(outputGradient);
    gradients = result;
  }

  /** Some gradients, such as that of a mean, do not say their shape before they are computed. */
  private Operand<TFloat32> shaped(Operand<TFloat32> gradient, List<Integer> shape) {
    LongStream rows = LongStream.of(Shape.UNKNOWN_SIZE);
    long[] sizes = LongStream.concat(rows, shape.stream().mapToLong(i -> i)).toArray();
    Shape known = gradient.shape();
    boolean complete =
        !known.isUnknown() && Arrays.stream(known.asArray()).skip(1).noneMatch(i -> i < 0);
    return complete ? gradient : tf.ensureShape(gradient, Shape.of(sizes));
  }

  @Override
  public Operand<TFloat32> activation(int place) {
    return activations.get(place);
  }

  @Override
  public Operand<TFloat32> gradient(int place) {
    return gradients.get(place - 1);
  }
}
