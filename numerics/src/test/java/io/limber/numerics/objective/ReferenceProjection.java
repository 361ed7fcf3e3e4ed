package io.limber.numerics.objective;

import java.util.stream.IntStream;

/** Target distributions as their sources give them, value by value in double precision. */
public final class ReferenceProjection {

  private ReferenceProjection() {}

  /** All zᵢ. */
  static double[] values(Support support) {
    return IntStream.range(0, support.bins())
        .mapToDouble(
            i -> support.min() + i * (support.max() - support.min()) / (support.bins() - 1))
        .toArray();
  }

  static double mean(Support support, double[] probabilities) {
    double[] z = values(support);
    return IntStream.range(0, z.length).mapToDouble(i -> z[i] * probabilities[i]).sum();
  }

  static double[] softmax(double[] logits, int from, int count) {
    double[] s = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      s[i] = Math.exp(logits[from + i]);
      sum += s[i];
    }
    for (int i = 0; i < count; i++) {
      s[i] /= sum;
    }
    return s;
  }

  static double[] twoHot(Support support, double y) {
    return c51(support, new double[] {y}, new double[] {1});
  }

  /** Bellemare et al. (2017), algorithm 1, with its floors and ceilings. */
  static double[] c51(Support support, double[] returns, double[] probabilities) {
    double[] m = new double[support.bins()];
    for (int j = 0; j < returns.length; j++) {
      double moved = Math.max(support.min(), Math.min(support.max(), returns[j]));
      double b = (moved - support.min()) / support.spacing();
      int lower = (int) Math.floor(b);
      int upper = (int) Math.ceil(b);
      if (lower == upper) {
        m[lower] += probabilities[j]; // the printed algorithm loses this mass
      } else {
        m[lower] += probabilities[j] * (upper - b);
        m[upper] += probabilities[j] * (b - lower);
      }
    }
    return m;
  }

  /** Farebrother et al. (2024), eq 3.4, around the values. */
  static double[] gaussian(Support support, double y, double sigma) {
    double mu = Math.max(support.min(), Math.min(support.max(), y));
    double[] z = values(support);
    double half = support.spacing() / 2;
    double scale = sigma * support.spacing();
    double[] p = new double[z.length];
    double all = below((support.max() + half - mu) / scale);
    all -= below((support.min() - half - mu) / scale);
    for (int i = 0; i < p.length; i++) {
      p[i] = (below((z[i] + half - mu) / scale) - below((z[i] - half - mu) / scale)) / all;
    }
    return p;
  }

  /** The standard normal distribution function. */
  private static double below(double x) {
    return (1 + erf(x / Math.sqrt(2))) / 2;
  }

  /** 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, whose terms all have one sign. */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x); // within 3e-17
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
