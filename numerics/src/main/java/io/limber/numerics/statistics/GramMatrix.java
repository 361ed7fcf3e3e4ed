package io.limber.numerics.statistics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Inner products of k vectors, such as per-example gradients, and their summary. Immutable.
 *
 * @see "Lyle et al. (2023), Understanding plasticity in neural networks, eq 3"
 */
public final class GramMatrix {

  private final int size;
  private final double[] values; // [k, k]

  private GramMatrix(int size, double[] values) {
    this.size = size;
    this.values = values;
  }

  /**
   * Takes a copy of inner products.
   *
   * @param size k, at least 1
   * @param innerProducts [k, k], row by row, symmetric to the last bit as far as it is used: the
   *     upper triangle is taken for both
   * @throws IllegalArgumentException if there are not k² numbers or a diagonal one is negative
   * @throws ArithmeticException if one is not finite, named by row and column
   */
  public static GramMatrix of(int size, double[] innerProducts) {
    if (size < 1 || innerProducts.length != (long) size * size) {
      throw new IllegalArgumentException(
          innerProducts.length + " inner products are not a matrix of " + size + " x " + size);
    }
    double[] values = new double[innerProducts.length];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        double value = innerProducts[i * size + j];
        if (!Double.isFinite(value)) {
          throw new ArithmeticException(
              "inner product of vectors " + i + " and " + j + " is " + value);
        }
        values[i * size + j] = value;
        values[j * size + i] = value;
      }
      if (values[i * size + i] < 0) {
        throw new IllegalArgumentException(
            "inner product of vector " + i + " with itself is " + values[i * size + i]);
      }
    }
    return new GramMatrix(size, values);
  }

  /**
   * Cosine similarities {@code Gᵢⱼ / √(Gᵢᵢ Gⱼⱼ)}, cut to [−1, 1]: eq 3 of the source. A zero vector
   * has no direction: its row, column and diagonal entry are 0, and {@link #zeroVectors} counts it.
   */
  public GramMatrix cosines() {
    double[] norms = new double[size];
    for (int i = 0; i < size; i++) {
      norms[i] = Math.sqrt(get(i, i));
    }
    double[] cosines = new double[values.length];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double product = norms[i] * norms[j];
        double cosine = product > 0 ? values[i * size + j] / norms[i] / norms[j] : 0;
        cosines[i * size + j] = i == j && product > 0 ? 1 : Math.max(-1, Math.min(1, cosine));
      }
    }
    return new GramMatrix(size, cosines);
  }

  /** k. */
  public int size() {
    return size;
  }

  public double get(int i, int j) {
    return values[i * size + j];
  }

  /** Row i, copied. */
  public double[] row(int i) {
    return Arrays.copyOfRange(values, i * size, (i + 1) * size);
  }

  /**
   * Vectors of norm zero: examples without a gradient. They are left out of the two means below.
   */
  public int zeroVectors() {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += get(i, i) == 0 ? 1 : 0;
    }
    return count;
  }

  /** Mean over pairs of different, nonzero vectors; NaN with fewer than two of them. */
  public double meanOffDiagonal() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        sum += get(i, j); // pairs with a zero vector add 0
      }
    }
    return sum / pairs();
  }

  /** Share of pairs of different, nonzero vectors with an entry below 0; NaN without a pair. */
  public double fractionNegative() {
    long negative = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        negative += get(i, j) < 0 ? 1 : 0;
      }
    }
    return negative / pairs();
  }

  private double pairs() {
    double nonzero = size - zeroVectors();
    return nonzero * (nonzero - 1) / 2;
  }

  /**
   * Effective rank of this matrix: exp of the entropy of its eigenvalues over their sum, from 1
   * (all collinear) to k (all orthogonal), 0 if all vectors are zero. Eigenvalues below 0 are
   * rounding and count as 0. Of the k × P matrix of the vectors themselves it would be that of the
   * roots: larger.
   *
   * @see "Roy and Vetterli (2007), The effective rank, EUSIPCO, definition 1"
   */
  public double effectiveRank() {
    double[] eigenvalues = SymmetricEigenvalues.of(new DMatrixRMaj(size, size, true, values));
    return EffectiveRank.of(Arrays.stream(eigenvalues).map(v -> Math.max(0, v)).toArray());
  }

  /**
   * The same matrix with rows and columns in another order, for display.
   *
   * @param order a permutation of 0 to k − 1: row i of the result is row {@code order[i]} of this
   * @throws IllegalArgumentException if it is none
   */
  public GramMatrix reordered(int[] order) {
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < Math.max(size, sorted.length); i++) {
      if (sorted.length != size || sorted[i] != i) {
        throw new IllegalArgumentException("not an order of " + size + " vectors");
      }
    }
    double[] result = new double[values.length];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        result[i * size + j] = get(order[i], order[j]);
      }
    }
    return new GramMatrix(size, result);
  }
}
