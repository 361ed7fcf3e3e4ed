package io.limber.numerics.linop;

/**
 * Sums and updates of long vectors in chunks. The chunks of four basis rows and four vectors, 512
 * KiB, stay in a second-level cache of a mebibyte, so that a row is read from memory once for all.
 */
final class VectorMath {

  /**
   * Numbers per chunk, 64 KiB of each row: shorter runs made the memory wait more often. It also
   * fixes the order of summation.
   */
  static final int CHUNK = 8192;

  private final int size;
  private final Workers workers;
  private final double[] sums;

  VectorMath(int size, Workers workers) {
    this.size = size;
    this.workers = workers;
    this.sums = new double[chunks(size)];
  }

  static int chunks(int size) {
    return (size - 1) / CHUNK + 1;
  }

  /** {@code Σ values²} of a short vector. */
  static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  private interface Range {
    double over(int from, int to);
  }

  private double sum(Range part) {
    workers.forEach(sums.length, chunk -> sums[chunk] = part.over(chunk * CHUNK, end(chunk)));
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  private int end(int chunk) {
    return Math.min(size, (chunk + 1) * CHUNK);
  }

  double dot(double[] a, double[] b) {
    return sum((from, to) -> dot(a, b, from, to));
  }

  double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  void scaleInPlace(double[] a, double factor) {
    sum((from, to) -> scale(a, factor, from, to));
  }

  /** {@code w −= α q + β previous}; returns the norm of what is left. */
  double subtractInPlace(double[] w, double alpha, double[] q, double beta, double[] previous) {
    return Math.sqrt(sum((from, to) -> subtract(w, alpha, q, beta, previous, from, to)));
  }

  /** Adds {@code factor} times {@code a} to {@code w}. */
  void addInPlace(double[] w, double factor, double[] a) {
    sum((from, to) -> add(w, factor, a, from, to));
  }

  /**
   * Inner products among a few vectors.
   *
   * @return lower triangle, [vectors, vectors]
   */
  double[][] gram(double[][] vectors) {
    int n = vectors.length;
    double[][] perChunk = new double[sums.length][n * n];
    workers.forEach(
        sums.length,
        chunk -> {
          for (int entry = 0; entry < n * n; entry++) {
            int column = entry % n;
            if (column <= entry / n) {
              perChunk[chunk][entry] =
                  dot(vectors[entry / n], vectors[column], chunk * CHUNK, end(chunk));
            }
          }
        });
    double[][] gram = new double[n][n];
    for (double[] part : perChunk) {
      for (int entry = 0; entry < n * n; entry++) {
        gram[entry / n][entry % n] += part[entry];
      }
    }
    return gram;
  }

  /** Overwrites the first vectors by the orthonormal ones that {@code block} writes them in. */
  void solveInPlace(double[][] vectors, int first, CandidateBlock block) {
    workers.forEach(
        sums.length,
        chunk -> {
          for (int m = 0; m < first; m++) {
            for (int k = 0; k < m; k++) {
              add(vectors[m], -block.factor(m + 1, k + 1), vectors[k], chunk * CHUNK, end(chunk));
            }
            scale(vectors[m], 1 / block.factor(m + 1, m + 1), chunk * CHUNK, end(chunk));
          }
        });
  }

  private static double dot(double[] a, double[] b, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = from;
    for (; k + 4 <= to; k += 4) { // four chains, or each addition would wait for the one before
      s0 += a[k] * b[k];
      s1 += a[k + 1] * b[k + 1];
      s2 += a[k + 2] * b[k + 2];
      s3 += a[k + 3] * b[k + 3];
    }
    for (; k < to; k++) {
      s0 += a[k] * b[k];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double scale(double[] a, double factor, int from, int to) {
    for (int k = from; k < to; k++) {
      a[k] *= factor;
    }
    return 0;
  }

  private static double add(double[] w, double factor, double[] a, int from, int to) {
    for (int k = from; k < to; k++) {
      w[k] += factor * a[k];
    }
    return 0;
  }

  private static double subtract(
      double[] w, double alpha, double[] q, double beta, double[] previous, int from, int to) {
    for (int k = from; k < to; k++) {
      w[k] -= alpha * q[k] + beta * previous[k];
    }
    return dot(w, w, from, to);
  }
}
