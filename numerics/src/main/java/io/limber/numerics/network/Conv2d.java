package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Two-dimensional convolution over [height, width, channels], kernel [k, k, in, out].
 *
 * @param filters output channels, at least 1
 * @param kernel edge of the square kernel in pixels, at least 1
 * @param stride step in both directions, at least 1
 * @param same pad with zeros so that output = ceil(input / stride); else use full windows only
 * @param biased whether a bias is added; one that a norm's would follow has no use
 */
record Conv2d(int filters, int kernel, int stride, boolean same, boolean biased)
    implements UnaryLayer {

  /** With a bias. */
  Conv2d(int filters, int kernel, int stride, boolean same) {
    this(filters, kernel, stride, same, true);
  }

  @Override
  public String describe() {
    return "conv"
        + kernel
        + "x"
        + kernel
        + "x"
        + filters
        + "s"
        + stride
        + (same ? "" : "v")
        + (biased ? "" : "n");
  }

  @Override
  public String group() {
    return "conv";
  }

  @Override
  public boolean makesUnits() {
    return true;
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
    ParameterSpec weights =
        ParameterSpec.kernel(
            List.of(kernel, kernel, channels, filters), kernel * kernel * channels);
    return biased ? List.of(weights, ParameterSpec.bias(filters)) : List.of(weights);
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    Operand<TFloat32> sum = convolve(tf, input, parameters.get(0));
    return biased ? tf.nn.biasAdd(sum, parameters.get(1)) : sum;
  }

  private Operand<TFloat32> convolve(Ops tf, Operand<TFloat32> input, Operand<TFloat32> weights) {
    return tf.nn.conv2d(input, weights, strides(), padding());
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> own = apply(tf, at.input(), direction.parameters());
    return direction.input() == null
        ? own
        : tf.math.add(own, convolve(tf, direction.input(), at.parameters().get(0)));
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    Operand<TFloat32> x = at.input();
    Operand<TFloat32> dx = direction.input();
    Operand<TFloat32> w = at.parameters().get(0);
    Operand<TFloat32> dw = direction.parameters().get(0);
    Operand<TFloat32> kernels = kernelGradient(tf, x, outputGradientTangent, w);
    if (dx == null) {
      return LayerGradient.of(null, gradients(tf, kernels, outputGradientTangent));
    }
    Operand<TFloat32> delta = at.outputGradient();
    return LayerGradient.of(
        tf.math.add(
            inputGradient(tf, outputGradientTangent, w, dx), inputGradient(tf, delta, dw, dx)),
        gradients(
            tf, tf.math.add(kernels, kernelGradient(tf, dx, delta, w)), outputGradientTangent));
  }

  private List<Operand<TFloat32>> gradients(
      Ops tf, Operand<TFloat32> kernels, Operand<TFloat32> delta) {
    return biased ? List.of(kernels, tf.nn.biasAddGrad(delta)) : List.of(kernels);
  }

  private Operand<TFloat32> kernelGradient(
      Ops tf, Operand<TFloat32> input, Operand<TFloat32> delta, Operand<TFloat32> like) {
    return tf.nn.conv2dBackpropFilter(input, tf.shape(like), delta, strides(), padding());
  }

  private Operand<TFloat32> inputGradient(
      Ops tf, Operand<TFloat32> delta, Operand<TFloat32> weights, Operand<TFloat32> like) {
    return tf.nn.conv2dBackpropInput(tf.shape(like), weights, delta, strides(), padding());
  }

  /**
   * An example's gradient is the sum over positions of the outer product of patch and δ. It is
   * formed for one row of the kernel at a time if it is large, to bound the memory.
   */
  @Override
  public Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    Operand<TFloat32> gram = biased ? biasGram(tf, rows, columns) : tf.constant(0f);
    ConvolutionPatches patches = patches();
    int height = patches.rowsAtOnce((int) rows.input().shape().get(3), filters);
    for (int y = 0; y < kernel; y += height) {
      Operand<TFloat32> mine = patches.kernelRowGradients(tf, rows, y, height);
      Operand<TFloat32> other =
          rows.equals(columns) ? mine : patches.kernelRowGradients(tf, columns, y, height);
      gram = tf.math.add(gram, mine == other ? SelfProduct.of(tf, mine) : inner(tf, mine, other));
    }
    return gram;
  }

  private static Operand<TFloat32> biasGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    int[] positions = {1, 2};
    return inner(
        tf,
        tf.reduceSum(rows.outputGradient(), tf.constant(positions)),
        tf.reduceSum(columns.outputGradient(), tf.constant(positions)));
  }

  @Override
  public long gramNumbers(List<Integer> input) {
    int height = patches().rowsAtOnce(input.get(2), filters);
    long seen = (long) height * kernel * input.get(2);
    return seen * filters + seen * outputSize(input.get(0)) * outputSize(input.get(1));
  }

  private ConvolutionPatches patches() {
    return new ConvolutionPatches(kernel, stride, same);
  }

  private static Operand<TFloat32> inner(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> columns) {
    return tf.linalg.matMul(rows, columns, MatMul.transposeB(true));
  }

  private List<Long> strides() {
    return List.of(1L, (long) stride, (long) stride, 1L);
  }

  private String padding() {
    return same ? "SAME" : "VALID";
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
