package io.limber.numerics.network;

import io.limber.core.random.SeededRandom;
import java.util.Arrays;
import java.util.List;

/** How kernels start; biases start at zero. */
public enum Initializer {
  /**
   * Normal with standard deviation 1/√fan-in, cut at two standard deviations and rescaled: the
   * default of the JAX libraries the paper's authors work with; the paper itself does not say.
   */
  LECUN_NORMAL,
  /** As above with √(2/fan-in) (He et al. 2015, eq 10). */
  HE_NORMAL,
  /** Uniform in ±1/√fan-in, as DQN Zoo and PyTorch do; variance 1/(3 fan-in). */
  FAN_IN_UNIFORM,
  /** Uniform in ±√(6/(fan-in + fan-out)) (Glorot and Bengio 2010, eq 16). */
  GLOROT_UNIFORM,
  /**
   * Orthonormal columns, or rows if these are fewer, of the kernel as a matrix [fan-in, out] (Saxe
   * et al. 2014).
   */
  ORTHOGONAL;

  /** Standard deviation of a standard normal cut at ±2. */
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  /** Fills {@code values} from place {@code from} with the tensor's first numbers. */
  void fill(float[] values, int from, ParameterSpec spec, SeededRandom random) {
    int to = from + spec.size();
    if (spec.start() instanceof ParameterSpec.Constant constant) {
      Arrays.fill(values, from, to, constant.value());
    } else if (spec.start() instanceof ParameterSpec.Normal normal) {
      for (int i = from; i < to; i++) {
        values[i] = (float) (normal.deviation() * random.nextGaussian());
      }
    } else if (spec.start() instanceof ParameterSpec.Drawn drawn) {
      draw(values, from, spec.shape(), drawn.fanIn(), random);
    }
  }

  private void draw(float[] values, int from, List<Integer> shape, int fanIn, SeededRandom random) {
    int out = shape.get(shape.size() - 1);
    int count = shape.stream().reduce(1, Math::multiplyExact);
    if (this == ORTHOGONAL) {
      Orthonormal.fill(values, from, count / out, out, random);
      return;
    }
    int fanOut = count / shape.get(shape.size() - 2);
    draw(values, from, from + count, variance(fanIn, fanOut), random);
  }

  /**
   * Some columns of a fresh tensor. Numbers are drawn for these columns only, except where columns
   * depend on each other.
   *
   * @param columns places of the last axis, at most all
   * @return row by row
   */
  float[] columns(ParameterSpec spec, int columns, SeededRandom random) {
    int all = spec.shape().get(spec.shape().size() - 1);
    int rows = spec.size() / all;
    float[] values = new float[rows * columns];
    if (this == ORTHOGONAL && spec.start() instanceof ParameterSpec.Drawn) {
      float[] whole = new float[spec.size()];
      fill(whole, 0, spec, random);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(whole, row * all, values, row * columns, columns);
      }
    } else if (spec.start() instanceof ParameterSpec.Drawn drawn) {
      int fanOut = spec.size() / spec.shape().get(spec.shape().size() - 2);
      draw(values, 0, values.length, variance(drawn.fanIn(), fanOut), random);
    } else {
      fill(values, 0, new ParameterSpec(spec.name(), List.of(rows, columns), spec.start()), random);
    }
    return values;
  }

  private void draw(float[] values, int from, int to, double variance, SeededRandom random) {
    double deviation = Math.sqrt(variance);
    for (int i = from; i < to; i++) {
      values[i] = (float) (deviation * standardised(random));
    }
  }

  private double variance(int fanIn, int fanOut) {
    return switch (this) {
      case LECUN_NORMAL -> 1.0 / fanIn;
      case HE_NORMAL -> 2.0 / fanIn;
      case FAN_IN_UNIFORM -> 1.0 / 3 / fanIn;
      case GLOROT_UNIFORM -> 2.0 / (fanIn + fanOut);
      case ORTHOGONAL -> throw new IllegalStateException("its numbers are not independent");
    };
  }

  private double standardised(SeededRandom random) {
    if (this == FAN_IN_UNIFORM || this == GLOROT_UNIFORM) {
      return (2 * random.nextDouble() - 1) * Math.sqrt(3);
    }
    double z;
    do {
      z = random.nextGaussian();
    } while (Math.abs(z) > 2);
    return z / TRUNCATED_DEVIATION;
  }
}
