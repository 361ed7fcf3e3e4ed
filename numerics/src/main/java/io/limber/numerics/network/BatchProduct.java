package io.limber.numerics.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Matrix products of the last two axes, side by side over those before. */
final class BatchProduct {

  private BatchProduct() {}

  /**
   * a b, each transposed first if asked for. The newer BatchMatMulV3 takes twice the time on CPUs.
   */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> a, boolean transposeA, Operand<TFloat32> b, boolean transposeB) {
    return tf.scope()
        .opBuilder("BatchMatMulV2", "BatchMatMul")
        .addInput(a.asOutput())
        .addInput(b.asOutput())
        .setAttr("adj_x", transposeA)
        .setAttr("adj_y", transposeB)
        .build()
        .output(0);
  }
}
