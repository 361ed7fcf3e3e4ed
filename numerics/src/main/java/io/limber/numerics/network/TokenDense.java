package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Fully connected, the same for every token: x W + b with x [tokens, in] and W [in, out].
 *
 * @param width outputs of a token, at least 1
 */
record TokenDense(int width) implements UnaryLayer {

  /** Largest gradient formed at once, in numbers per example. */
  private static final int FORMED = 1 << 17;

  @Override
  public String describe() {
    return "tokendense" + width;
  }

  @Override
  public String group() {
    return "token-dense";
  }

  @Override
  public boolean makesUnits() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    if (input.size() != 2) {
      throw new IllegalArgumentException(
          "a token-wise dense layer takes [tokens, features], not " + input);
    }
    return List.of(input.get(0), width);
  }

  @Override
  public List<ParameterSpec> parameters(List<Integer> input) {
    int in = input.get(1);
    return List.of(ParameterSpec.kernel(List.of(in, width), in), ParameterSpec.bias(width));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    Operand<TFloat32> sum = tf.linalg.matMul(rows(tf, input), parameters.get(0));
    return tokens(tf, tf.nn.biasAdd(sum, parameters.get(1)), input);
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> own = apply(tf, at.input(), direction.parameters());
    if (direction.input() == null) {
      return own;
    }
    Operand<TFloat32> passed =
        tf.linalg.matMul(rows(tf, direction.input()), at.parameters().get(0));
    return tf.math.add(own, tokens(tf, passed, at.input()));
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    Operand<TFloat32> moved = rows(tf, outputGradientTangent);
    Operand<TFloat32> bias = tf.nn.biasAddGrad(moved);
    Operand<TFloat32> kernel = transposed(tf, rows(tf, at.input()), moved);
    if (direction.input() == null) {
      return LayerGradient.of(null, List.of(kernel, bias));
    }
    Operand<TFloat32> delta = rows(tf, at.outputGradient());
    Operand<TFloat32> input =
        tf.math.add(
            back(tf, moved, at.parameters().get(0)),
            back(tf, delta, direction.parameters().get(0)));
    return LayerGradient.of(
        tokens(tf, input, at.input()),
        List.of(tf.math.add(kernel, transposed(tf, rows(tf, direction.input()), delta)), bias));
  }

  /**
   * An example's gradient is the sum over tokens of the outer product of (x, 1) and δ. It is formed
   * for some rows of the kernel at a time if it is large, to bound the memory.
   */
  @Override
  public Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    Operand<TFloat32> gram =
        back(
            tf,
            tf.reduceSum(rows.outputGradient(), tf.constant(1)),
            tf.reduceSum(columns.outputGradient(), tf.constant(1)));
    int in = (int) rows.input().shape().get(2);
    int step = rowsAtOnce(in);
    for (int from = 0; from < in; from += step) {
      int count = Math.min(step, in - from);
      Operand<TFloat32> mine = kernelRowGradients(tf, rows, from, count);
      Operand<TFloat32> other =
          rows.equals(columns) ? mine : kernelRowGradients(tf, columns, from, count);
      gram = tf.math.add(gram, back(tf, mine, other));
    }
    return gram;
  }

  @Override
  public long gramNumbers(List<Integer> input) {
    long rows = Math.min(input.get(1), rowsAtOnce(input.get(1)));
    return rows * (width + input.get(0));
  }

  private int rowsAtOnce(int in) {
    return Math.min(in, Math.max(1, FORMED / width));
  }

  /** [n, count · out]: each example's gradient with respect to rows of the kernel. */
  private Operand<TFloat32> kernelRowGradients(Ops tf, LayerPoint at, int from, int count) {
    Operand<TFloat32> x =
        tf.slice(
            at.input(),
            tf.constant(new int[] {0, 0, from}),
            tf.constant(new int[] {-1, -1, count}));
    return tf.reshape(
        BatchProduct.of(tf, x, true, at.outputGradient(), false),
        tf.constant(new int[] {-1, count * width}));
  }

  /** [n, tokens, features] to [n · tokens, features]. */
  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> values) {
    int features = (int) values.shape().get(2);
    return tf.reshape(values, tf.constant(new int[] {-1, features}));
  }

  private static Operand<TFloat32> tokens(Ops tf, Operand<TFloat32> rows, Operand<TFloat32> like) {
    int[] shape = {-1, (int) like.shape().get(1), (int) rows.shape().get(1)};
    return tf.reshape(rows, tf.constant(shape));
  }

  private static Operand<TFloat32> back(Ops tf, Operand<TFloat32> delta, Operand<TFloat32> kernel) {
    return tf.linalg.matMul(delta, kernel, MatMul.transposeB(true));
  }

  private static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.linalg.matMul(a, b, MatMul.transposeA(true));
  }
}
