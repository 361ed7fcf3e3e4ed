package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A layer with one input, as most are. */
public interface UnaryLayer extends Layer {

  /**
   * The output.
   *
   * @param input [batch, …]
   * @param parameters as in {@link #parameters}
   * @return [batch, …]
   */
  Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters);

  @Override
  default Operand<TFloat32> apply(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters) {
    return apply(tf, inputs.get(0), parameters);
  }
}
