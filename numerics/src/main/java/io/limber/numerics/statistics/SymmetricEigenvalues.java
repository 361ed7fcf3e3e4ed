package io.limber.numerics.statistics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues of a small dense symmetric matrix. */
final class SymmetricEigenvalues {

  private SymmetricEigenvalues() {}

  /** In no order; within about 1e-15 of the largest magnitude. */
  static double[] of(DMatrixRMaj symmetric) {
    int n = symmetric.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
    if (!eigen.decompose(symmetric.copy())) {
      throw new ArithmeticException(
          "the eigenvalues of a " + n + " x " + n + " matrix did not converge");
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
    }
    return values;
  }
}
