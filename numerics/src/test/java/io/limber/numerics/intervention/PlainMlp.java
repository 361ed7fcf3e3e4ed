package io.limber.numerics.intervention;

import io.limber.core.replay.Transitions;

/** A dense ReLU network in double precision, for what interventions look at. */
final class PlainMlp {

  private final float[] parameters;
  private final int[] widths;

  PlainMlp(float[] parameters, int... widths) {
    this.parameters = parameters;
    this.widths = widths;
  }

  /** Activations of a layer for each row, 0 being the input. */
  double[][] activations(Transitions batch, int layer) {
    double[][] rows = new double[batch.size()][];
    for (int row = 0; row < rows.length; row++) {
      double[] h = new double[widths[0]];
      for (int i = 0; i < h.length; i++) {
        h[i] = (batch.sTm1().get(row * h.length + i) & 0xff) / 255.0;
      }
      for (int l = 1; l <= layer; l++) {
        h = next(h, l);
      }
      rows[row] = h;
    }
    return rows;
  }

  private double[] next(double[] h, int layer) {
    double[] z = new double[widths[layer]];
    for (int j = 0; j < z.length; j++) {
      z[j] = parameters[offset(layer) + h.length * z.length + j];
      for (int i = 0; i < h.length; i++) {
        z[j] += h[i] * weight(layer, i, j);
      }
      z[j] = layer < widths.length - 1 ? Math.max(z[j], 0) : z[j];
    }
    return z;
  }

  double weight(int layer, int in, int out) {
    return parameters[offset(layer) + in * widths[layer] + out];
  }

  /** Where the kernel of a layer, from 1 on, begins. */
  int offset(int layer) {
    int offset = 0;
    for (int l = 1; l < layer; l++) {
      offset += (widths[l - 1] + 1) * widths[l];
    }
    return offset;
  }

  /** Mean |h| of each unit of a layer. */
  double[] meanSizes(Transitions batch, int layer) {
    double[] means = new double[widths[layer]];
    for (double[] row : activations(batch, layer)) {
      for (int unit = 0; unit < means.length; unit++) {
        means[unit] += Math.abs(row[unit]) / batch.size();
      }
    }
    return means;
  }
}
