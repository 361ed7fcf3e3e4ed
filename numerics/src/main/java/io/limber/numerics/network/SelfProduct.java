package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The product of a matrix with its own transpose. The rows are halved, and the halves again: of two
 * blocks that mirror each other one is computed and turned, so 5/8 of the work remains. More
 * halving would leave blocks too small to be fast.
 */
final class SelfProduct {

  private static final int HALVINGS = 2;

  private SelfProduct() {}

  /**
   * {@code rows rows′}, symmetric to the bit outside the diagonal blocks.
   *
   * @param rows [n, width], n any number
   * @return [n, n]
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> rows) {
    return of(tf, rows, HALVINGS);
  }

  private static Operand<TFloat32> of(Ops tf, Operand<TFloat32> rows, int halvings) {
    if (halvings == 0) {
      return inner(tf, rows, rows);
    }
    Operand<TInt32> count = tf.gather(tf.shape(rows), tf.constant(0), tf.constant(0));
    Operand<TInt32> half = tf.math.div(count, tf.constant(2));
    Operand<TFloat32> top = part(tf, rows, tf.constant(0), half);
    Operand<TFloat32> bottom = part(tf, rows, half, tf.constant(-1));
    Operand<TFloat32> corner = inner(tf, top, bottom);
    Operand<TFloat32> turned = tf.linalg.transpose(corner, tf.constant(new int[] {1, 0}));
    return tf.concat(
        List.of(
            beside(tf, of(tf, top, halvings - 1), corner),
            beside(tf, turned, of(tf, bottom, halvings - 1))),
        tf.constant(0));
  }

  private static Operand<TFloat32> beside(Ops tf, Operand<TFloat32> left, Operand<TFloat32> right) {
    return tf.concat(List.of(left, right), tf.constant(1));
  }

  /** Rows from one on; −1 for all the rest. Along the first axis TensorFlow does not copy. */
  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> rows, Operand<TInt32> from, Operand<TInt32> count) {
    return tf.slice(
        rows, tf.stack(List.of(from, tf.constant(0))), tf.stack(List.of(count, tf.constant(-1))));
  }

  private static Operand<TFloat32> inner(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> columns) {
    return tf.linalg.matMul(rows, columns, MatMul.transposeB(true));
  }
}
