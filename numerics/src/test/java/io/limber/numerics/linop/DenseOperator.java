package io.limber.numerics.linop;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * A dense symmetric matrix as an operator, with its eigenvalues from a dense solve as the oracle.
 */
final class DenseOperator implements LinearOperator {

  private final DMatrixRMaj matrix;
  private final DoubleUnaryOperator rounding;
  private int products;

  private DenseOperator(DMatrixRMaj matrix, DoubleUnaryOperator rounding) {
    this.matrix = matrix;
    this.rounding = rounding;
  }

  static DenseOperator of(double[][] rows) {
    return new DenseOperator(new DMatrixRMaj(rows), x -> x);
  }

  /** U diag(spectrum) Uᵀ with a random orthogonal U. */
  static DenseOperator withSpectrum(double[] spectrum, long seed) {
    int n = spectrum.length;
    var u = RandomMatrices_DDRM.orthogonal(n, n, new java.util.Random(seed));
    var scaled = new DMatrixRMaj(n, n);
    CommonOps_DDRM.mult(u, CommonOps_DDRM.diag(spectrum), scaled);
    var matrix = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multTransB(scaled, u, matrix);
    return new DenseOperator(matrix, x -> x);
  }

  /** XᵀX / m for Gaussian X of [m, n]. */
  static DenseOperator wishart(int n, int m, RandomGenerator random) {
    var x = new DMatrixRMaj(m, n);
    Arrays.setAll(x.data, i -> random.nextGaussian() / Math.sqrt(m));
    var matrix = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multInner(x, matrix);
    return new DenseOperator(matrix, v -> v);
  }

  /** The same matrix with entries of each product rounded, as products in a short format are. */
  DenseOperator rounded(DoubleUnaryOperator rounding) {
    return new DenseOperator(matrix, rounding);
  }

  /** Ascending, by a dense symmetric solve. */
  double[] eigenvalues() {
    var eigen = DecompositionFactory_DDRM.eig(size(), false, true);
    eigen.decompose(matrix.copy());
    double[] values = new double[size()];
    Arrays.setAll(values, i -> eigen.getEigenvalue(i).getReal());
    Arrays.sort(values);
    return values;
  }

  double trace() {
    return CommonOps_DDRM.trace(matrix);
  }

  double squaredFrobenius() {
    return Arrays.stream(matrix.data).map(x -> x * x).sum();
  }

  int products() {
    return products;
  }

  @Override
  public int size() {
    return matrix.numRows;
  }

  @Override
  public void apply(double[] v, double[] into) {
    products++;
    int n = size();
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += matrix.data[i * n + j] * v[j];
      }
      into[i] = rounding.applyAsDouble(sum);
    }
  }
}
