package io.limber.numerics.curvature;

import java.util.Arrays;

/** The losses of one row of outputs in double precision. */
enum ReferenceLoss {
  PROBE {
    @Override
    double value(double[] f, double[] y) {
      return SUM.value(f, y) / f.length;
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      return Arrays.stream(SUM.gradient(f, y)).map(g -> g / f.length).toArray();
    }
  },
  /** Squared distance; the curvature loss once its targets are fixed. */
  SUM {
    @Override
    double value(double[] f, double[] y) {
      double sum = 0;
      for (int i = 0; i < f.length; i++) {
        sum += (f[i] - y[i]) * (f[i] - y[i]);
      }
      return sum;
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      double[] gradient = new double[f.length];
      Arrays.setAll(gradient, i -> 2 * (f[i] - y[i]));
      return gradient;
    }
  },
  TD_SQUARED {
    @Override
    double value(double[] f, double[] y) {
      return Math.pow(f[(int) y[0]] - y[1], 2);
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      double[] gradient = new double[f.length];
      gradient[(int) y[0]] = 2 * (f[(int) y[0]] - y[1]);
      return gradient;
    }
  },
  /** With threshold 1. */
  TD_HUBER {
    @Override
    double value(double[] f, double[] y) {
      double size = Math.abs(f[(int) y[0]] - y[1]);
      return size <= 1 ? size * size / 2 : size - 0.5;
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      double[] gradient = new double[f.length];
      gradient[(int) y[0]] = Math.max(-1, Math.min(1, f[(int) y[0]] - y[1]));
      return gradient;
    }
  },
  /** Of the label y[0]. */
  CLASSIFICATION {
    @Override
    double value(double[] f, double[] y) {
      return -Math.log(softmax(f)[(int) y[0]]);
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      double[] gradient = softmax(f);
      gradient[(int) y[0]] -= 1;
      return gradient;
    }
  },
  /** Mean squared distance to the one-hot vector of label y[0]. */
  REGRESSION {
    @Override
    double value(double[] f, double[] y) {
      return PROBE.value(f, oneHot(f, y));
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      return PROBE.gradient(f, oneHot(f, y));
    }

    private double[] oneHot(double[] f, double[] y) {
      double[] oneHot = new double[f.length];
      oneHot[(int) y[0]] = 1;
      return oneHot;
    }
  },
  /** Cross-entropy of the logits of action y[0] to the distribution in the rest of y. */
  CATEGORICAL {
    @Override
    double value(double[] f, double[] y) {
      double[] s = softmax(taken(f, y));
      double loss = 0;
      for (int i = 0; i < s.length; i++) {
        loss -= y[1 + i] * Math.log(s[i]);
      }
      return loss;
    }

    @Override
    double[] gradient(double[] f, double[] y) {
      double[] s = softmax(taken(f, y));
      double[] gradient = new double[f.length];
      for (int i = 0; i < s.length; i++) {
        gradient[(int) y[0] * s.length + i] = s[i] - y[1 + i];
      }
      return gradient;
    }

    private double[] taken(double[] f, double[] y) {
      int bins = y.length - 1;
      return Arrays.copyOfRange(f, (int) y[0] * bins, ((int) y[0] + 1) * bins);
    }
  };

  private static double[] softmax(double[] f) {
    double sum = Arrays.stream(f).map(Math::exp).sum();
    return Arrays.stream(f).map(v -> Math.exp(v) / sum).toArray();
  }

  abstract double value(double[] f, double[] y);

  abstract double[] gradient(double[] f, double[] y);
}
