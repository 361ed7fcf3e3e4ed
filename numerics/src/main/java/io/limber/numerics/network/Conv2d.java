package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Two-dimensional convolution over [height, width, channels], kernel [k, k, in, out].
 *
 * @param filters output channels, at least 1
 * @param kernel edge of the square kernel in pixels, at least 1
 * @param stride step in both directions, at least 1
 * @param same pad with zeros so that output = ceil(input / stride); else use full windows only
 */
record Conv2d(int filters, int kernel, int stride, boolean same) implements Layer {

  @Override
  public String describe() {
    return "conv" + kernel + "x" + kernel + "x" + filters + "s" + stride + (same ? "" : "v");
  }

  @Override
  public String group() {
    return "conv";
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    if (input.size() != 3) {
      throw new IllegalArgumentException(
          "a convolution takes images [height, width, channels], not " + input);
    }
    return List.of(outputSize(input.get(0)), outputSize(input.get(1)), filters);
  }

  @Override
  public List<ParameterSpec> parameters(List<Integer> input) {
    int channels = input.get(2);
    return List.of(
        new ParameterSpec(
            "kernel", List.of(kernel, kernel, channels, filters), kernel * kernel * channels),
        new ParameterSpec("bias", List.of(filters), 0));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    return tf.nn.biasAdd(
        tf.nn.conv2d(input, parameters.get(0), strides, same ? "SAME" : "VALID"),
        parameters.get(1));
  }

  private int outputSize(int size) {
    int windows = same ? (size + stride - 1) / stride : (size - kernel + stride) / stride;
    if (windows < 1) {
      throw new IllegalArgumentException(
          "a " + kernel + "-pixel kernel does not fit into " + size + " pixels without padding");
    }
    return windows;
  }
}
