package io.limber.numerics.curvature;

import java.util.ArrayList;
import java.util.List;

/** A chain of layers in double precision, and derivatives of a mean loss of its outputs. */
final class ReferenceModel {

  private final ReferenceLayer[] layers;

  ReferenceModel(ReferenceLayer... layers) {
    this.layers = layers;
  }

  /** Input, then each layer's output. */
  List<double[]> forward(double[] p, double[] x) {
    List<double[]> a = new ArrayList<>(List.of(x));
    int at = 0;
    for (ReferenceLayer layer : layers) {
      a.add(layer.forward(p, at, a.get(a.size() - 1)));
      at += layer.parameters();
    }
    return a;
  }

  double[] output(double[] p, double[] x) {
    return forward(p, x).get(layers.length);
  }

  /** The gradient of one row's loss. */
  double[] gradient(ReferenceLoss loss, double[] p, double[] x, double[] y) {
    List<double[]> a = forward(p, x);
    double[] gradient = new double[p.length];
    double[] delta = loss.gradient(a.get(layers.length), y);
    int at = p.length;
    for (int i = layers.length - 1; i >= 0; i--) {
      at -= layers[i].parameters();
      delta = layers[i].backward(p, at, a.get(i), delta, gradient);
    }
    return gradient;
  }

  /** The gradient of the mean over rows. */
  double[] gradient(ReferenceLoss loss, double[] p, double[][] x, double[][] y) {
    double[] mean = new double[p.length];
    for (int row = 0; row < x.length; row++) {
      double[] gradient = gradient(loss, p, x[row], y[row]);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += gradient[i] / x.length;
      }
    }
    return mean;
  }

  /** Central differences of the exact gradient: error about h² + 1e-16 / h = 1e-10. */
  double[] product(ReferenceLoss loss, double[] p, double[][] x, double[][] y, double[] v) {
    double h = 1e-5;
    double[] after = gradient(loss, moved(p, v, h), x, y);
    double[] before = gradient(loss, moved(p, v, -h), x, y);
    double[] product = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      product[i] = (after[i] - before[i]) / (2 * h);
    }
    return product;
  }

  private static double[] moved(double[] p, double[] v, double h) {
    double[] moved = p.clone();
    for (int i = 0; i < p.length; i++) {
      moved[i] += h * v[i];
    }
    return moved;
  }
}
