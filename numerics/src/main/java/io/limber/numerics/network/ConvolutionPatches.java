package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * What a convolution's kernel sees of its input, for gradients of single examples.
 *
 * @param kernel edge in pixels
 * @param stride in both directions
 * @param same whether zeros are padded so that output = ceil(input / stride)
 */
record ConvolutionPatches(int kernel, int stride, boolean same) {

  /**
   * Each example's gradient with respect to row {@code y} of the kernel.
   *
   * @return [n, kernel · in · out]
   */
  Operand<TFloat32> kernelRowGradients(Ops tf, LayerPoint at, int y) {
    Operand<TFloat32> delta = at.outputGradient();
    Shape out = delta.shape();
    int positions = (int) (out.get(1) * out.get(2));
    int filters = (int) out.get(3);
    int channels = (int) at.input().shape().get(3);
    Operand<TFloat32> seen =
        tf.reshape(
            kernelRow(tf, at.input(), out, y),
            tf.constant(new int[] {-1, positions, kernel * channels}));
    Operand<TFloat32> gradients =
        tf.train.batchMatMul(
            seen,
            tf.reshape(delta, tf.constant(new int[] {-1, positions, filters})),
            TFloat32.class,
            BatchMatMul.adjX(true));
    return tf.reshape(gradients, tf.constant(new int[] {-1, kernel * channels * filters}));
  }

  /** [n, rows, columns, kernel · in]: the pixels under row y of the kernel at each position. */
  private Operand<TFloat32> kernelRow(Ops tf, Operand<TFloat32> input, Shape out, int y) {
    Operand<TFloat32> padded = padded(tf, input, out);
    List<Operand<TFloat32>> columns = new ArrayList<>();
    for (int x = 0; x < kernel; x++) {
      columns.add(
          tf.stridedSlice(
              padded,
              Indices.all(),
              Indices.slice(y, y + (out.get(1) - 1) * stride + 1, stride),
              Indices.slice(x, x + (out.get(2) - 1) * stride + 1, stride),
              Indices.all()));
    }
    return tf.concat(columns, tf.constant(3));
  }

  private Operand<TFloat32> padded(Ops tf, Operand<TFloat32> input, Shape out) {
    int[] rows = padding(input.shape().get(1), out.get(1));
    int[] columns = padding(input.shape().get(2), out.get(2));
    return tf.pad(input, tf.constant(new int[][] {{0, 0}, rows, columns, {0, 0}}), tf.constant(0f));
  }

  /** As TensorFlow pads: the odd pixel goes behind. */
  private int[] padding(long in, long out) {
    int all = same ? (int) Math.max(0, (out - 1) * stride + kernel - in) : 0;
    return new int[] {all / 2, all - all / 2};
  }
}
