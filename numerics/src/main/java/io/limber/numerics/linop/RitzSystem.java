package io.limber.numerics.linop;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues, ascending, and eigenvectors of the tridiagonal matrix T, by EJML's symmetric QR
 * algorithm: order³ operations, small beside the products.
 */
final class RitzSystem {

  private final double[] values;
  private final double[][] vectors; // vectors[i] belongs to values[i]
  private final double lastBeta;

  private RitzSystem(double[] values, double[][] vectors, double lastBeta) {
    this.values = values;
    this.vectors = vectors;
    this.lastBeta = lastBeta;
  }

  /**
   * Solves.
   *
   * @param alpha diagonal of T
   * @param beta {@code beta[i]} joins rows i and i + 1; the last one joins T to the vector after it
   * @throws ArithmeticException if the iteration does not converge; the message names {@code what}
   */
  static RitzSystem solve(double[] alpha, double[] beta, String what) {
    int n = alpha.length;
    var matrix = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      matrix.set(i, i, alpha[i]);
      if (i + 1 < n) {
        matrix.set(i, i + 1, beta[i]);
        matrix.set(i + 1, i, beta[i]);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
    if (!eigen.decompose(matrix)) {
      throw new ArithmeticException("the eigenvalues of T did not converge, " + what);
    }
    int[] ascending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()))
            .mapToInt(i -> i)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = eigen.getEigenvalue(ascending[i]).getReal();
      vectors[i] = eigen.getEigenVector(ascending[i]).getData().clone();
    }
    return new RitzSystem(values, vectors, beta[n - 1]);
  }

  int order() {
    return values.length;
  }

  double value(int i) {
    return values[i];
  }

  /** Coefficients of Ritz vector i in the basis; unit norm. */
  double[] coefficients(int i) {
    return vectors[i];
  }

  /** {@code ‖A y − θ y‖} of Ritz pair i as the recurrence implies it, exact products assumed. */
  double residual(int i) {
    return Math.abs(lastBeta * vectors[i][values.length - 1]);
  }

  /** Largest magnitude of a Ritz value. */
  double norm() {
    return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
  }

  /**
   * Gauss quadrature of the start vector's spectral measure: nodes θ, weights (first component)².
   */
  Quadrature quadrature() {
    double[] weights = new double[values.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = vectors[i][0] * vectors[i][0];
    }
    return new Quadrature(values, weights);
  }
}
