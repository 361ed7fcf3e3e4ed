package io.limber.numerics.statistics;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Singular values of a matrix and the ranks that are read off them. The ranks differ; none is
 * called just "rank". Immutable.
 *
 * <p>Precision: nearly square matrices are decomposed directly, so that values are right within
 * about 1e-15 σ₁. Where the long side is at least {@value #TALL} times the short one, the values
 * are roots of the eigenvalues of the Gram matrix in double precision, many times faster; what lies
 * under about 1e-8 σ₁ is then noise. Float32 data carry noise of 1e-7 σ₁ themselves, and every
 * threshold here lies above it.
 */
public final class SingularValues {

  /** 2⁻²³, the spacing of float32 numbers at 1: what {@link #numericalRank} uses for weights. */
  public static final double FLOAT32_EPSILON = 0x1p-23;

  /** Long side over short side from which the Gram matrix is used. */
  static final int TALL = 4;

  private final double[] values; // descending
  private final int rows;
  private final int columns;

  private SingularValues(double[] values, int rows, int columns) {
    this.values = values;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Decomposes.
   *
   * @param matrix row by row, only read; a convolution kernel as [height × width × in, out]
   * @param columns at least 1
   * @throws IllegalArgumentException if there are no rows or a row is cut short
   * @throws ArithmeticException if an entry is not finite, named by row and column, or the
   *     iteration does not converge
   */
  public static SingularValues of(FloatBuffer matrix, int columns) {
    int rows = Shapes.rows(matrix.remaining(), columns);
    var dense = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < dense.data.length; i++) {
      float value = matrix.get(matrix.position() + i);
      if (!Float.isFinite(value)) {
        throw new ArithmeticException(
            "entry [" + i / columns + ", " + i % columns + "] is " + value);
      }
      dense.data[i] = value;
    }
    double[] values =
        Math.max(rows, columns) >= TALL * Math.min(rows, columns)
            ? throughGram(dense)
            : direct(dense);
    return new SingularValues(descending(values), rows, columns);
  }

  private static double[] direct(DMatrixRMaj matrix) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, false);
    if (!svd.decompose(matrix)) {
      throw new ArithmeticException("the singular values did not converge");
    }
    return Arrays.copyOf(svd.getSingularValues(), Math.min(matrix.numRows, matrix.numCols));
  }

  private static double[] throughGram(DMatrixRMaj matrix) {
    int n = Math.min(matrix.numRows, matrix.numCols);
    var gram = new DMatrixRMaj(n, n);
    if (matrix.numRows > matrix.numCols) {
      CommonOps_DDRM.multInner(matrix, gram);
    } else {
      CommonOps_DDRM.multOuter(matrix, gram);
    }
    double[] values = SymmetricEigenvalues.of(gram);
    return Arrays.stream(values).map(v -> Math.sqrt(Math.max(0, v))).toArray();
  }

  private static double[] descending(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int i = 0, j = sorted.length - 1; i < j; i++, j--) {
      double swap = sorted[i];
      sorted[i] = sorted[j];
      sorted[j] = swap;
    }
    return sorted;
  }

  /** min(rows, columns). */
  public int count() {
    return values.length;
  }

  /** Value i, descending, in the matrix's unit. */
  public double value(int i) {
    return values[i];
  }

  /** Values over a threshold, in the matrix's unit. */
  public int countAbove(double threshold) {
    int count = 0;
    while (count < values.length && values[count] > threshold) {
      count++;
    }
    return count;
  }

  /**
   * Numerical rank: values over max(rows, columns) · ε · σ₁. This is Limber's <em>weight rank</em>;
   * the paper names one without a definition.
   *
   * @param epsilon of the format that the entries came in, {@link #FLOAT32_EPSILON} for weights
   * @see "Golub and Van Loan (2013), Matrix computations, section 5.4.1; the default tolerance of
   *     numpy.linalg.matrix_rank and MATLAB's rank"
   */
  public int numericalRank(double epsilon) {
    return countAbove(Math.max(rows, columns) * epsilon * values[0]);
  }

  /**
   * Feature rank of features Φ, {@code [n states, d features]}: singular values of Φ/√n over ε, not
   * relative to the largest.
   *
   * @param epsilon in the features' unit; the source uses 0.01
   * @see "Lyle, Rowland and Dabney (2022), Understanding and preventing capacity loss in
   *     reinforcement learning, section 3, definition of feature rank"
   */
  public int featureRank(double epsilon) {
    return countAbove(epsilon * Math.sqrt(rows));
  }

  /**
   * Effective rank: exp of the entropy of the values divided by their sum; from 1 to min(rows,
   * columns), and 0 for the zero matrix. Not to be mistaken for {@link #shareRank}, which has also
   * been called effective rank.
   *
   * @see "Roy and Vetterli (2007), The effective rank, EUSIPCO, definition 1"
   */
  public double effectiveRank() {
    return EffectiveRank.of(values);
  }

  /**
   * Stable rank ‖A‖²_F / σ₁²: from 1 to min(rows, columns), and 0 for the zero matrix. A count of
   * singular values is not a stable rank, though it has been logged under that name.
   *
   * @see "Rudelson and Vershynin (2007), Journal of the ACM 54(4), section 1.1"
   */
  public double stableRank() {
    if (values[0] == 0) {
      return 0;
    }
    double sum = 0;
    for (double value : values) {
      sum += (value / values[0]) * (value / values[0]);
    }
    return sum;
  }

  /**
   * The least number of values whose sum is at least 1 − δ of the sum of all; 0 for the zero
   * matrix.
   *
   * @param delta in [0, 1); the source uses 0.01
   * @throws IllegalArgumentException if delta is outside
   * @see "Kumar et al. (2021), Implicit under-parameterization inhibits data-efficient deep RL,
   *     section 3: srank"
   */
  public int shareRank(double delta) {
    if (!(delta >= 0 && delta < 1)) {
      throw new IllegalArgumentException("delta " + delta + " must lie in [0, 1)");
    }
    double total = Arrays.stream(values).sum();
    double sum = 0;
    int count = 0;
    while (count < values.length && sum < (1 - delta) * total) {
      sum += values[count++];
    }
    return count;
  }
}
