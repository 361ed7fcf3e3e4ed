package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a convolution's kernel sees of its input, for gradients of single examples.
 *
 * @param kernel edge in pixels
 * @param stride in both directions
 * @param same whether zeros are padded so that output = ceil(input / stride)
 */
record ConvolutionPatches(int kernel, int stride, boolean same) {

  /** Largest gradient formed at once, in numbers per example. */
  private static final int FORMED = 1 << 17;

  /** Rows of the kernel to take at once: all, unless that is too much for each example. */
  int rowsAtOnce(int channels, int filters) {
    return (long) kernel * kernel * channels * filters <= FORMED ? kernel : 1;
  }

  /**
   * Each example's gradient with respect to rows [y, y + height) of the kernel.
   *
   * @return [n, height · kernel · in · out]
   */
  Operand<TFloat32> kernelRowGradients(Ops tf, LayerPoint at, int y, int height) {
    Operand<TFloat32> delta = at.outputGradient();
    Shape out = delta.shape();
    int positions = (int) (out.get(1) * out.get(2));
    int filters = (int) out.get(3);
    int pixels = height * kernel * (int) at.input().shape().get(3);
    Operand<TFloat32> gradients =
        BatchProduct.of(
            tf,
            tf.reshape(
                seen(tf, at.input(), out, y, height),
                tf.constant(new int[] {-1, positions, pixels})),
            true,
            tf.reshape(delta, tf.constant(new int[] {-1, positions, filters})),
            false);
    return tf.reshape(gradients, tf.constant(new int[] {-1, pixels * filters}));
  }

  /** [n, rows, columns, height · kernel · in]: the pixels under those rows at each position. */
  private Operand<TFloat32> seen(Ops tf, Operand<TFloat32> input, Shape out, int y, int height) {
    Operand<TFloat32> part =
        tf.stridedSlice(
            padded(tf, input, out),
            Indices.all(),
            Indices.slice(y, y + (out.get(1) - 1) * stride + height));
    return tf.image.extractImagePatches(
        part,
        List.of(1L, (long) height, (long) kernel, 1L),
        List.of(1L, (long) stride, (long) stride, 1L),
        List.of(1L, 1L, 1L, 1L),
        "VALID");
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
