package io.limber.numerics.linop;

import java.util.Arrays;

/**
 * The orthonormal rows so far and the classical Gram-Schmidt sweeps over them. Each sweep reads the
 * basis once, whether it serves one vector or two. Rows are allocated when first used and kept for
 * the next start vector.
 */
final class KrylovBasis {

  private final int size;
  private final double[][] rows;
  private final Workers workers;
  private final double[] partial; // [chunks, 2 × order]
  private int count;

  KrylovBasis(KrylovPlan plan, Workers workers) {
    this.size = plan.size();
    this.rows = new double[plan.order()][];
    this.workers = workers;
    this.partial = new double[Math.multiplyExact(VectorMath.chunks(size), 2 * plan.order())];
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
   * @return norms of {@code Qᵀa} and {@code Qᵀb}
   */
  double[] projectOutInPlace(double[] a, double[] b) {
    int vectors = b == null ? 1 : 2;
    double[] inner = new double[vectors * count];
    int chunks = VectorMath.chunks(size);
    workers.forEach(chunks, chunk -> innerProducts(a, b, chunk));
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int i = 0; i < inner.length; i++) {
        inner[i] += partial[chunk * 2 * rows.length + i];
      }
    }
    double[] coefficientsA = Arrays.copyOfRange(inner, 0, count);
    double[] coefficientsB =
        Arrays.copyOfRange(inner, count, inner.length + (b == null ? count : 0));
    workers.forEach(chunks, chunk -> subtract(a, coefficientsA, b, coefficientsB, chunk));
    return new double[] {norm(coefficientsA), norm(coefficientsB)};
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
    int base = chunk * 2 * rows.length;
    for (int i = 0; i < count; i += 2) {
      double[] q0 = rows[i];
      double[] q1 = rows[Math.min(i + 1, count - 1)]; // an odd last row is met twice, written once
      innerProducts(q0, q1, a, from, to, base + i, i + 1 < count);
      if (b != null) {
        innerProducts(q0, q1, b, from, to, base + count + i, i + 1 < count);
      }
    }
  }

  private void innerProducts(
      double[] q0, double[] q1, double[] a, int from, int to, int at, boolean both) {
    double s00 = 0;
    double s01 = 0;
    double s02 = 0;
    double s03 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s13 = 0;
    int k = from;
    for (; k + 4 <= to; k += 4) {
      s00 += q0[k] * a[k];
      s10 += q1[k] * a[k];
      s01 += q0[k + 1] * a[k + 1];
      s11 += q1[k + 1] * a[k + 1];
      s02 += q0[k + 2] * a[k + 2];
      s12 += q1[k + 2] * a[k + 2];
      s03 += q0[k + 3] * a[k + 3];
      s13 += q1[k + 3] * a[k + 3];
    }
    for (; k < to; k++) {
      s00 += q0[k] * a[k];
      s10 += q1[k] * a[k];
    }
    partial[at] = (s00 + s01) + (s02 + s03);
    if (both) {
      partial[at + 1] = (s10 + s11) + (s12 + s13);
    }
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
