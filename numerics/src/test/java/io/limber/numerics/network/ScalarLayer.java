package io.limber.numerics.network;

import io.limber.numerics.network.Network.Stage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The layers as their definitions say, in double precision. */
final class ScalarLayer {

  private final Tape tape;
  private final Layer layer;
  private final List<Integer> shape;
  private final int[] p;
  private final int at;

  /**
   * @param at where the layer's parameters begin in {@code p}
   */
  ScalarLayer(Tape tape, Stage stage, int[] p, int at) {
    this.tape = tape;
    this.p = p;
    this.at = at;
    layer = stage.layer();
    shape = stage.inputShape();
  }

  /** [inputs][rows][numbers] to [rows][numbers]. */
  int[][] apply(List<int[][]> inputs) {
    int[][] x = inputs.get(0);
    if (layer instanceof BatchNorm) {
      return batchNorm(x);
    }
    int[][] y = new int[x.length][];
    for (int row = 0; row < x.length; row++) {
      int of = row;
      y[row] = example(inputs.stream().map(input -> input[of]).toList());
    }
    return y;
  }

  private int[] example(List<int[]> inputs) {
    int[] x = inputs.get(0);
    int last = shape.get(shape.size() - 1);
    if (layer instanceof Flatten || layer instanceof Tokens || layer instanceof Dropout) {
      return x;
    } else if (layer instanceof Add) {
      return each(x.length, i -> tape.add(x[i], inputs.get(1)[i]));
    } else if (layer instanceof Dense dense) {
      return dense(x, last, dense.width());
    } else if (layer instanceof TokenDense dense) {
      return dense(x, last, dense.width());
    } else if (layer instanceof Conv2d convolution) {
      return convolution(x, convolution);
    } else if (layer instanceof LayerNorm) {
      return layerNorm(x, last);
    } else if (layer instanceof PositionEmbedding) {
      return each(x.length, i -> tape.add(x[i], p[at + i]));
    } else if (layer instanceof MeanPool) {
      return each(last, c -> tape.mean(each(x.length / last, position -> x[position * last + c])));
    } else if (layer instanceof AttentionProduct attention) {
      return attention(inputs, attention.heads());
    }
    return nonlinearity(x, last);
  }

  private int[] nonlinearity(int[] x, int last) {
    if (layer instanceof Crelu) {
      return each(
          2 * x.length,
          i -> {
            int from = x[i / (2 * last) * last + i % last];
            return i % (2 * last) < last ? leaky(from, 0) : leaky(tape.scale(from, -1), 0);
          });
    }
    return each(
        x.length,
        i ->
            switch (layer.describe()) {
              case "relu" -> leaky(x[i], 0);
              case "leakyrelu" -> leaky(x[i], 0.01);
              case "tanh" -> function(x[i], Math::tanh, v -> 1 - Math.pow(Math.tanh(v), 2));
              case "gelu" -> function(x[i], v -> v * normal(v), v -> normal(v) + v * density(v));
              default -> throw new IllegalArgumentException(layer.describe());
            });
  }

  private int leaky(int x, double slope) {
    return tape.value(x) > 0 ? x : tape.scale(x, slope);
  }

  private int function(int x, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    return tape.function(x, value.applyAsDouble(tape.value(x)), slope.applyAsDouble(tape.value(x)));
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Marsaglia (2004): 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …), all terms of one sign. */
  private static double normal(double x) {
    double sum = 0;
    double term = x;
    for (int n = 3; n < 400; n += 2) {
      sum += term;
      term *= x * x / n;
    }
    return 0.5 + density(x) * sum;
  }

  /** The same for every stretch of {@code in} numbers. */
  private int[] dense(int[] x, int in, int out) {
    return each(
        x.length / in * out,
        o -> {
          int sum = p[at + in * out + o % out];
          for (int i = 0; i < in; i++) {
            sum = tape.add(sum, tape.multiply(x[o / out * in + i], p[at + i * out + o % out]));
          }
          return sum;
        });
  }

  private int[] convolution(int[] x, Conv2d c) {
    List<Integer> out = c.outputShape(shape);
    int in = shape.get(2);
    int above = before(shape.get(0), out.get(0), c);
    int left = before(shape.get(1), out.get(1), c);
    return each(
        out.get(0) * out.get(1) * c.filters(),
        o -> {
          int filter = o % c.filters();
          int top = o / c.filters() / out.get(1) * c.stride() - above;
          int side = o / c.filters() % out.get(1) * c.stride() - left;
          int sum =
              c.biased()
                  ? p[at + c.kernel() * c.kernel() * in * c.filters() + filter]
                  : tape.number(0);
          for (int k = 0; k < c.kernel() * c.kernel(); k++) {
            int row = top + k / c.kernel();
            int column = side + k % c.kernel();
            if (row >= 0 && row < shape.get(0) && column >= 0 && column < shape.get(1)) {
              for (int i = 0; i < in; i++) {
                int weight = p[at + (k * in + i) * c.filters() + filter];
                int pixel = x[(row * shape.get(1) + column) * in + i];
                sum = tape.add(sum, tape.multiply(pixel, weight));
              }
            }
          }
          return sum;
        });
  }

  /** Zeros before the image: half of those needed, rounded down. */
  private static int before(int size, int windows, Conv2d c) {
    return c.same() ? Math.max(0, (windows - 1) * c.stride() + c.kernel() - size) / 2 : 0;
  }

  private int[] layerNorm(int[] x, int last) {
    int[] y = new int[x.length];
    for (int from = 0; from < x.length; from += last) {
      int begin = from;
      int[] normal = normalised(each(last, i -> x[begin + i]));
      for (int i = 0; i < last; i++) {
        y[from + i] = tape.add(tape.multiply(normal[i], p[at + i]), p[at + last + i]);
      }
    }
    return y;
  }

  private int[][] batchNorm(int[][] x) {
    int channels = shape.get(shape.size() - 1);
    int positions = x[0].length / channels;
    int[][] y = new int[x.length][x[0].length];
    for (int c = 0; c < channels; c++) {
      int channel = c;
      int[] all =
          each(x.length * positions, i -> x[i / positions][i % positions * channels + channel]);
      int[] normal = normalised(all);
      for (int i = 0; i < all.length; i++) {
        y[i / positions][i % positions * channels + c] =
            tape.add(tape.multiply(normal[i], p[at + c]), p[at + channels + c]);
      }
    }
    return y;
  }

  private int[] normalised(int[] x) {
    int mean = tape.mean(x);
    int[] centred = each(x.length, i -> tape.subtract(x[i], mean));
    int variance = tape.mean(each(x.length, i -> tape.multiply(centred[i], centred[i])));
    double v = tape.value(variance) + 1e-5f; // the program's constant is a float
    int factor = tape.function(variance, 1 / Math.sqrt(v), -0.5 * Math.pow(v, -1.5));
    return each(x.length, i -> tape.multiply(centred[i], factor));
  }

  private int[] attention(List<int[]> inputs, int heads) {
    int tokens = shape.get(0);
    int features = shape.get(1);
    int width = features / heads;
    int[] y = new int[tokens * features];
    for (int head = 0; head < heads; head++) {
      for (int t = 0; t < tokens; t++) {
        int query = t * features + head * width;
        int offset = head * width;
        int[] scores =
            each(
                tokens,
                s ->
                    tape.scale(
                        tape.sum(
                            each(
                                width,
                                i ->
                                    tape.multiply(
                                        inputs.get(0)[query + i],
                                        inputs.get(1)[s * features + offset + i]))),
                        1 / Math.sqrt(width)));
        int[] weights = softmax(scores);
        for (int i = 0; i < width; i++) {
          int of = offset + i;
          y[query + i] =
              tape.sum(
                  each(tokens, s -> tape.multiply(weights[s], inputs.get(2)[s * features + of])));
        }
      }
    }
    return y;
  }

  private int[] softmax(int[] x) {
    int[] powers = each(x.length, i -> function(x[i], Math::exp, Math::exp));
    int sum = tape.sum(powers);
    int inverse = function(sum, v -> 1 / v, v -> -1 / (v * v));
    return each(x.length, i -> tape.multiply(powers[i], inverse));
  }

  private interface At {
    int place(int i);
  }

  private static int[] each(int count, At at) {
    return IntStream.range(0, count).map(at::place).toArray();
  }
}
