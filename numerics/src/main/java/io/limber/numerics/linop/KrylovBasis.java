package io.limber.numerics.linop;

import java.util.Arrays;

/**
 * The orthonormal rows so far and the classical Gram-Schmidt sweeps over them. Each sweep reads the
 * basis once, whether it serves one vector or two. Rows are allocated when first used and kept for
 * the next start vector.
 */
final class KrylovBasis {

  /** Rows that one loop reads together. */
  private static final int GROUP = 4;

  private final int size;
  private final double[][] rows;
  private final Workers workers;
  private final int stride; // of a chunk in partial
  private final double[] partial; // [chunks, groups of rows, 2 vectors, GROUP]
  private int count;

  KrylovBasis(KrylovPlan plan, Workers workers) {
    this.size = plan.size();
    this.rows = new double[plan.order()][];
    this.workers = workers;
    this.stride = KrylovPlan.sumsPerChunk(plan.order());
    this.partial = new double[Math.multiplyExact(VectorMath.chunks(size), stride)];
  }

  int count() {
    return count;
  }

  double[] row(int i) {
    return rows[i];
  }

  /** A row past the end for the caller to fill; {@link #append} makes it part of the basis. */
  double[] spare(int ahead) {
    int i = count + ahead;
    if (rows[i] == null) {
      rows[i] = new double[size];
    }
    return rows[i];
  }

  void append() {
    count++;
  }

  void clear() {
    count = 0;
  }

  /**
   * One pass of classical Gram-Schmidt: {@code a −= Q Qᵀa}, and the same for {@code b} unless null.
   *
   * @return norms of {@code Qᵀa} and {@code Qᵀb}; without {@code b} the first one twice
   */
  double[] projectOutInPlace(double[] a, double[] b) {
    int chunks = VectorMath.chunks(size);
    double[] second = b == null ? a : b;
    workers.forEach(chunks, chunk -> innerProducts(a, second, chunk));
    double[] ca = new double[count];
    double[] cb = new double[count];
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int i = 0; i < count; i++) {
        int at = chunk * stride + i / GROUP * 2 * GROUP + i % GROUP;
        ca[i] += partial[at];
        cb[i] += partial[at + GROUP];
      }
    }
    workers.forEach(chunks, chunk -> subtract(a, ca, b, cb, chunk));
    return new double[] {norm(ca), norm(cb)};
  }

  /** {@code into = Σᵢ coefficients[i] rowᵢ}, over as many rows as there are coefficients. */
  void combine(double[] coefficients, double[] into) {
    double[] negative = Arrays.stream(coefficients).map(c -> -c).toArray();
    Arrays.fill(into, 0);
    workers.forEach(
        VectorMath.chunks(size), chunk -> subtract(into, negative, null, negative, chunk));
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private void innerProducts(double[] a, double[] b, int chunk) {
    int from = chunk * VectorMath.CHUNK;
    int to = Math.min(size, from + VectorMath.CHUNK);
    int last = count - 1; // met again to fill up the last group; what that gives is not read
    for (int i = 0; i < count; i += GROUP) {
      double[] q0 = rows[i];
      double[] q1 = rows[Math.min(i + 1, last)];
      double[] q2 = rows[Math.min(i + 2, last)];
      double[] q3 = rows[Math.min(i + 3, last)];
      innerProducts(q0, q1, q2, q3, a, b, from, to, chunk * stride + 2 * i);
    }
  }

  /**
   * Eight sums at once: enough independent additions to hide their latency, each number loaded
   * once.
   */
  private void innerProducts(
      double[] q0,
      double[] q1,
      double[] q2,
      double[] q3,
      double[] a,
      double[] b,
      int from,
      int to,
      int at) {
    double a0 = 0;
    double a1 = 0;
    double a2 = 0;
    double a3 = 0;
    double b0 = 0;
    double b1 = 0;
    double b2 = 0;
    double b3 = 0;
    for (int k = from; k < to; k++) {
      a0 += q0[k] * a[k];
      a1 += q1[k] * a[k];
      a2 += q2[k] * a[k];
      a3 += q3[k] * a[k];
      b0 += q0[k] * b[k];
      b1 += q1[k] * b[k];
      b2 += q2[k] * b[k];
      b3 += q3[k] * b[k];
    }
    partial[at] = a0;
    partial[at + 1] = a1;
    partial[at + 2] = a2;
    partial[at + 3] = a3;
    partial[at + 4] = b0;
    partial[at + 5] = b1;
    partial[at + 6] = b2;
    partial[at + 7] = b3;
  }

  private void subtract(double[] a, double[] ca, double[] b, double[] cb, int chunk) {
    int from = chunk * VectorMath.CHUNK;
    int to = Math.min(size, from + VectorMath.CHUNK);
    int i = 0;
    for (; i + 4 <= ca.length; i += 4) {
      subtractFour(i, a, ca, from, to);
      if (b != null) {
        subtractFour(i, b, cb, from, to);
      }
    }
    for (; i < ca.length; i++) {
      subtractOne(rows[i], a, ca[i], from, to);
      if (b != null) {
        subtractOne(rows[i], b, cb[i], from, to);
      }
    }
  }

  private void subtractFour(int i, double[] a, double[] c, int from, int to) {
    double[] q0 = rows[i];
    double[] q1 = rows[i + 1];
    double[] q2 = rows[i + 2];
    double[] q3 = rows[i + 3];
    double c0 = c[i];
    double c1 = c[i + 1];
    double c2 = c[i + 2];
    double c3 = c[i + 3];
    for (int k = from; k < to; k++) {
      a[k] -= (c0 * q0[k] + c1 * q1[k]) + (c2 * q2[k] + c3 * q3[k]);
    }
  }

  private static void subtractOne(double[] q, double[] a, double c, int from, int to) {
    for (int k = from; k < to; k++) {
      a[k] -= c * q[k];
    }
  }
}
