package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/**
 * A layer's derivatives along a direction from its forward rule alone. With g(δ) = δ·∂y/∂(x, θ),
 * the gradient of ⟨g(δ), d⟩ is ∂y/∂(x, θ)·d with respect to δ, in which g is linear, and the second
 * derivative of ⟨δ, y⟩ along d with respect to (x, θ). Any layer can be had that way whose
 * operations' gradients have gradients ({@link SecondGradients}); it costs a forward pass more than
 * rules of its own would.
 */
final class DoubleBackward {

  private final Ops tf;
  private final Layer layer;
  private final LayerPoint at;
  private final Direction direction;

  DoubleBackward(Ops tf, Layer layer, LayerPoint at, Direction direction) {
    SecondGradients.register();
    this.tf = tf;
    this.layer = layer;
    this.at = at;
    this.direction = direction;
  }

  /** ∂y/∂(x, θ)·d. */
  Operand<TFloat32> tangent() {
    Operand<TFloat32> delta = tf.zerosLike(at.output()); // any value: its coefficient is sought
    return backward(gradient(delta), List.of(delta)).get(0);
  }

  /** The derivative of g(δ) along d, where δ moves by {@code deltaTangent}. */
  LayerGradient gradientTangent(Operand<TFloat32> deltaTangent) {
    List<Operand<TFloat32>> bent = backward(gradient(at.outputGradient()), place());
    List<Operand<TFloat32>> moved = gradient(deltaTangent);
    List<Operand<TFloat32>> sum = new ArrayList<>();
    for (int i = 0; i < moved.size(); i++) {
      sum.add(tf.math.add(bent.get(i), moved.get(i)));
    }
    List<Operand<TFloat32>> inputs = new ArrayList<>(direction.inputs());
    Iterator<Operand<TFloat32>> next = sum.iterator();
    inputs.replaceAll(moves -> moves == null ? null : next.next());
    int own = direction.parameters().size();
    return new LayerGradient(inputs, sum.subList(sum.size() - own, sum.size()));
  }

  /** g(δ), for what moves. */
  private List<Operand<TFloat32>> gradient(Operand<TFloat32> delta) {
    Operand<TFloat32> output = layer.apply(tf, at.inputs(), at.parameters());
    return gradients(List.of(output), place(), List.of(delta));
  }

  /** The gradient of ⟨gradient, direction⟩; zero where the gradient does not depend on it. */
  private List<Operand<TFloat32>> backward(
      List<Operand<TFloat32>> gradient, List<Operand<TFloat32>> with) {
    List<Operand<TFloat32>> from = new ArrayList<>(gradient);
    List<Operand<TFloat32>> weights = new ArrayList<>(direction.inputs());
    weights.removeIf(Objects::isNull);
    weights.addAll(direction.parameters());
    for (Operand<TFloat32> x : with) { // TensorFlow has no gradient for what is unconnected
      from.add(tf.identity(x));
      weights.add(tf.zerosLike(x));
    }
    return gradients(from, with, weights);
  }

  private List<Operand<TFloat32>> place() {
    List<Operand<TFloat32>> place = new ArrayList<>();
    for (int i = 0; i < direction.inputs().size(); i++) {
      if (direction.inputs().get(i) != null) {
        place.add(at.inputs().get(i));
      }
    }
    place.addAll(at.parameters());
    return place;
  }

  private List<Operand<TFloat32>> gradients(
      List<Operand<TFloat32>> of, List<Operand<TFloat32>> with, List<Operand<TFloat32>> weights) {
    Gradients derivatives = Gradients.create(tf.scope(), of, with, Gradients.dx(weights));
    List<Operand<TFloat32>> result = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      result.add(derivatives.dy(i));
    }
    return result;
  }
}
