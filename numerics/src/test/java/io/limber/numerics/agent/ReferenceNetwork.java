package io.limber.numerics.agent;

import java.util.Arrays;

/**
 * A dense ReLU network in double precision, forward and backward written out: the independent
 * oracle of the programs. Parameters are kernel [in][out], bias [out] per layer, flattened in the
 * layout's order.
 */
final class ReferenceNetwork {

  private final int[] widths;

  /** Input, hidden and output widths. */
  ReferenceNetwork(int... widths) {
    this.widths = widths;
  }

  int size() {
    int size = 0;
    for (int l = 1; l < widths.length; l++) {
      size += (widths[l - 1] + 1) * widths[l];
    }
    return size;
  }

  /** Of each parameter, whether it belongs to a kernel. */
  boolean[] kernels() {
    boolean[] kernels = new boolean[size()];
    int at = 0;
    for (int l = 1; l < widths.length; l++) {
      int entries = widths[l - 1] * widths[l];
      Arrays.fill(kernels, at, at + entries, true);
      at += entries + widths[l];
    }
    return kernels;
  }

  /** Activations of all layers for one input; the last is the output. */
  double[][] forward(double[] parameters, double[] input) {
    double[][] a = new double[widths.length][];
    a[0] = input;
    int at = 0;
    for (int l = 1; l < widths.length; l++) {
      int in = widths[l - 1];
      int out = widths[l];
      a[l] = new double[out];
      for (int j = 0; j < out; j++) {
        double z = parameters[at + in * out + j];
        for (int i = 0; i < in; i++) {
          z += a[l - 1][i] * parameters[at + i * out + j];
        }
        a[l][j] = l < widths.length - 1 ? Math.max(z, 0) : z;
      }
      at += (in + 1) * out;
    }
    return a;
  }

  double[] output(double[] parameters, double[] input) {
    return forward(parameters, input)[widths.length - 1];
  }

  /** Adds the gradient of Σⱼ dOutput[j] · output[j] to {@code gradient}. */
  void backward(double[] parameters, double[][] a, double[] dOutput, double[] gradient) {
    double[] delta = dOutput;
    int at = size();
    for (int l = widths.length - 1; l >= 1; l--) {
      int in = widths[l - 1];
      int out = widths[l];
      at -= (in + 1) * out;
      double[] before = new double[in];
      for (int j = 0; j < out; j++) {
        gradient[at + in * out + j] += delta[j];
        for (int i = 0; i < in; i++) {
          gradient[at + i * out + j] += a[l - 1][i] * delta[j];
          before[i] += parameters[at + i * out + j] * delta[j];
        }
      }
      for (int i = 0; l > 1 && i < in; i++) {
        before[i] = a[l - 1][i] > 0 ? before[i] : 0;
      }
      delta = before;
    }
  }
}
