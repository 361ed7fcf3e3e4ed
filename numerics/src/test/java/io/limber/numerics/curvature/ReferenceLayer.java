package io.limber.numerics.curvature;

import java.util.Arrays;

/** One layer in double precision, forward and backward written out, for one example. */
interface ReferenceLayer {

  /** Numbers it learns. */
  int parameters();

  /** The output for {@code x} with the parameters from p[at]. */
  double[] forward(double[] p, int at, double[] x);

  /** Adds to the gradient from gradient[at], and returns that of x, given that of the output. */
  double[] backward(double[] p, int at, double[] x, double[] dy, double[] gradient);

  /** x W + b. */
  record Dense(int in, int out) implements ReferenceLayer {

    @Override
    public int parameters() {
      return (in + 1) * out;
    }

    @Override
    public double[] forward(double[] p, int at, double[] x) {
      double[] y = new double[out];
      for (int j = 0; j < out; j++) {
        y[j] = p[at + in * out + j];
        for (int i = 0; i < in; i++) {
          y[j] += x[i] * p[at + i * out + j];
        }
      }
      return y;
    }

    @Override
    public double[] backward(double[] p, int at, double[] x, double[] dy, double[] gradient) {
      double[] dx = new double[in];
      for (int j = 0; j < out; j++) {
        gradient[at + in * out + j] += dy[j];
        for (int i = 0; i < in; i++) {
          gradient[at + i * out + j] += x[i] * dy[j];
          dx[i] += p[at + i * out + j] * dy[j];
        }
      }
      return dx;
    }
  }

  /**
   * Convolution of [height, width, in] with a kernel [edge, edge, in, out]; zeros above and to the
   * left.
   */
  record Convolution(
      int height,
      int width,
      int in,
      int edge,
      int stride,
      int above,
      int left,
      int rows,
      int columns,
      int out)
      implements ReferenceLayer {

    private interface Term {
      void at(int output, int input, int weight);
    }

    @Override
    public int parameters() {
      return (edge * edge * in + 1) * out;
    }

    @Override
    public double[] forward(double[] p, int at, double[] x) {
      double[] y = new double[rows * columns * out];
      for (int i = 0; i < y.length; i++) {
        y[i] = p[at + edge * edge * in * out + i % out];
      }
      terms((o, i, w) -> y[o] += x[i] * p[at + w]);
      return y;
    }

    @Override
    public double[] backward(double[] p, int at, double[] x, double[] dy, double[] gradient) {
      double[] dx = new double[x.length];
      for (int i = 0; i < dy.length; i++) {
        gradient[at + edge * edge * in * out + i % out] += dy[i];
      }
      terms(
          (o, i, w) -> {
            gradient[at + w] += x[i] * dy[o];
            dx[i] += p[at + w] * dy[o];
          });
      return dx;
    }

    /** Every product of a pixel and a weight, by the output it goes to. */
    private void terms(Term term) {
      for (int n = 0; n < rows * columns * edge * edge * in * out; n++) {
        int f = n % out;
        int c = n / out % in;
        int dx = n / out / in % edge;
        int dy = n / out / in / edge % edge;
        int column = n / out / in / edge / edge % columns;
        int row = n / out / in / edge / edge / columns;
        int y = row * stride + dy - above;
        int x = column * stride + dx - left;
        if (y >= 0 && y < height && x >= 0 && x < width) {
          term.at(
              (row * columns + column) * out + f,
              (y * width + x) * in + c,
              ((dy * edge + dx) * in + c) * out + f);
        }
      }
    }
  }

  /** An elementwise function without parameters. */
  interface Elementwise extends ReferenceLayer {

    double value(double x);

    double slope(double x);

    @Override
    default int parameters() {
      return 0;
    }

    @Override
    default double[] forward(double[] p, int at, double[] x) {
      return Arrays.stream(x).map(this::value).toArray();
    }

    @Override
    default double[] backward(double[] p, int at, double[] x, double[] dy, double[] gradient) {
      double[] dx = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        dx[i] = dy[i] * slope(x[i]);
      }
      return dx;
    }
  }

  /** max(x, 0). */
  record Relu() implements Elementwise {

    @Override
    public double value(double x) {
      return Math.max(x, 0);
    }

    @Override
    public double slope(double x) {
      return x > 0 ? 1 : 0;
    }
  }

  /** tanh x. */
  record Tanh() implements Elementwise {

    @Override
    public double value(double x) {
      return Math.tanh(x);
    }

    @Override
    public double slope(double x) {
      return 1 - Math.tanh(x) * Math.tanh(x);
    }
  }

  /** gain (x − mean) / √(variance + 1e-5) + bias. */
  record LayerNorm(int size) implements ReferenceLayer {

    @Override
    public int parameters() {
      return 2 * size;
    }

    @Override
    public double[] forward(double[] p, int at, double[] x) {
      double[] y = normal(x);
      for (int i = 0; i < size; i++) {
        y[i] = p[at + i] * y[i] + p[at + size + i];
      }
      return y;
    }

    @Override
    public double[] backward(double[] p, int at, double[] x, double[] dy, double[] gradient) {
      double[] n = normal(x);
      double mean = 0;
      double slant = 0;
      for (int i = 0; i < size; i++) {
        gradient[at + i] += dy[i] * n[i];
        gradient[at + size + i] += dy[i];
        mean += dy[i] * p[at + i] / size;
        slant += dy[i] * p[at + i] * n[i] / size;
      }
      double[] dx = new double[size];
      for (int i = 0; i < size; i++) {
        dx[i] = (dy[i] * p[at + i] - mean - n[i] * slant) / deviation(x);
      }
      return dx;
    }

    private double[] normal(double[] x) {
      double mean = Arrays.stream(x).average().orElseThrow();
      double deviation = deviation(x);
      return Arrays.stream(x).map(v -> (v - mean) / deviation).toArray();
    }

    private static double deviation(double[] x) {
      double mean = Arrays.stream(x).average().orElseThrow();
      double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      return Math.sqrt(variance + 1e-5f);
    }
  }
}
