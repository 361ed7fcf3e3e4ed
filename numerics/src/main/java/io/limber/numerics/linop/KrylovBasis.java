package io.limber.numerics.linop;

import java.util.Arrays;

/**
 * The orthonormal rows so far and the classical Gram-Schmidt sweeps over them. Each sweep reads the
 * basis once, whether it serves one vector or four. Rows are allocated when first used and kept for
 * the next start vector.
 */
final class KrylovBasis {

  /** Rows that one loop reads together. */
  private static final int GROUP = 4;

  /** Vectors that one sweep serves at most. */
  static final int TOGETHER = 4;

  private final int size;
  private final double[][] rows;
  private final Workers workers;
  private final int stride; // of a chunk in partial
  private final double[] partial; // [chunks, groups of rows, TOGETHER, GROUP]
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

  /**
   * Makes room for {@code ahead} rows past the end. The workers share it, for it is they who wait
   * while new memory is zeroed.
   */
  void reserve(int ahead) {
    workers.forEach(ahead, i -> allocate(count + i));
  }

  private void allocate(int i) {
    if (rows[i] == null) {
      rows[i] = new double[size];
    }
  }

  /** A row past the end for the caller to fill; {@link #append} makes it part of the basis. */
  double[] spare(int ahead) {
    allocate(count + ahead);
    return rows[count + ahead];
  }

  /** The first {@code ahead} of them. */
  double[][] spares(int ahead) {
    return Arrays.copyOfRange(rows, count, count + ahead);
  }

  /** Makes the next spare rows part of the basis. */
  void append(int more) {
    count += more;
  }

  void clear() {
    count = 0;
  }

  /**
   * One pass of classical Gram-Schmidt for a few vectors: {@code w −= Q Qᵀw}.
   *
   * @param vectors at most {@value #TOGETHER} of them; read and changed together
   * @return [vectors, count]: {@code Qᵀw} of each
   */
  double[][] projectOutInPlace(double[]... vectors) {
    int chunks = VectorMath.chunks(size);
    workers.forEach(chunks, chunk -> innerProducts(vectors, chunk));
    double[][] coefficients = new double[vectors.length][count];
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int v = 0; v < vectors.length; v++) {
        for (int i = 0; i < count; i++) {
          coefficients[v][i] += partial[at(chunk, i / GROUP * GROUP, v) + i % GROUP];
        }
      }
    }
    workers.forEach(chunks, chunk -> subtract(vectors, coefficients, chunk));
    return coefficients;
  }

  /** Sums of vector {@code v} with the group of rows from {@code row} on. */
  private int at(int chunk, int row, int v) {
    return chunk * stride + TOGETHER * row + GROUP * v;
  }

  /** {@code into = Σᵢ coefficients[i] rowᵢ}, over as many rows as there are coefficients. */
  void combine(double[] coefficients, double[] into) {
    double[][] negative = {Arrays.stream(coefficients).map(c -> -c).toArray()};
    double[][] target = {into};
    Arrays.fill(into, 0);
    workers.forEach(VectorMath.chunks(size), chunk -> subtract(target, negative, chunk));
  }

  private void innerProducts(double[][] vectors, int chunk) {
    int from = chunk * VectorMath.CHUNK;
    int to = Math.min(size, from + VectorMath.CHUNK);
    int last = count - 1; // met again to fill up the last group; what that gives is not read
    for (int i = 0; i < count; i += GROUP) {
      double[] q0 = rows[i];
      double[] q1 = rows[Math.min(i + 1, last)];
      double[] q2 = rows[Math.min(i + 2, last)];
      double[] q3 = rows[Math.min(i + 3, last)];
      for (int v = 0; v < vectors.length; v += 2) {
        double[] b = vectors[Math.min(v + 1, vectors.length - 1)]; // alone: met twice, as above
        innerProducts(q0, q1, q2, q3, vectors[v], b, from, to, at(chunk, i, v));
      }
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

  private void subtract(double[][] vectors, double[][] coefficients, int chunk) {
    int from = chunk * VectorMath.CHUNK;
    int to = Math.min(size, from + VectorMath.CHUNK);
    int known = coefficients[0].length;
    int i = 0;
    for (; i + GROUP <= known; i += GROUP) {
      for (int v = 0; v < vectors.length; v++) {
        subtractFour(i, vectors[v], coefficients[v], from, to);
      }
    }
    for (; i < known; i++) {
      for (int v = 0; v < vectors.length; v++) {
        subtractOne(rows[i], vectors[v], coefficients[v][i], from, to);
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
