package io.limber.numerics.linop;

import java.util.Arrays;

/**
 * A few successive Lanczos vectors after one joint Gram-Schmidt sweep, as numbers: what each of
 * them had in the basis, and how they are written in orthonormal vectors. Row 0 stands for the
 * newest basis vector, whose product gave row 1; candidates are rows 1 to {@code width}, each of
 * unit norm before the sweep.
 */
final class CandidateBlock {

  private final double[][] factor; // candidate m = Σₖ factor[m][k] vₖ + a part within the basis
  private final double[] lack;
  private int kept = 1;
  private boolean weak;

  /**
   * @param coefficients [width, basis vectors]: inner products with the basis before the sweep
   * @param gram [width, width]: inner products among the candidates after it, lower triangle
   * @param largestLack see {@link #kept}
   * @param cancellation see {@link #weak}
   */
  CandidateBlock(
      double[][] coefficients, double[][] gram, double largestLack, double cancellation) {
    int width = coefficients.length;
    factor = new double[width + 1][width + 1];
    lack = new double[width + 1];
    factor[0][0] = 1;
    double[] first = coefficients[0];
    factor[1][0] = first[first.length - 1];
    for (int m = 1; m <= width; m++) {
      double pivot = eliminate(gram, m);
      lack[m] = Math.sqrt(VectorMath.squares(coefficients[m - 1]) + inBlock(m));
      kept = m;
      weak = !(pivot >= cancellation * cancellation);
      if (weak) {
        return;
      }
      factor[m][m] = Math.sqrt(pivot);
      if (!(lack[m] <= largestLack)) {
        return;
      }
    }
  }

  /** Row m of the Cholesky factor but for its diagonal; returns the square of that. */
  private double eliminate(double[][] gram, int m) {
    double pivot = gram[m - 1][m - 1];
    for (int k = 1; k < m; k++) {
      double sum = gram[m - 1][k - 1];
      for (int i = 1; i < k; i++) {
        sum -= factor[m][i] * factor[k][i];
      }
      factor[m][k] = sum / factor[k][k];
      pivot -= factor[m][k] * factor[m][k];
    }
    return pivot;
  }

  private double inBlock(int m) {
    return VectorMath.squares(Arrays.copyOfRange(factor[m], 1, m));
  }

  /**
   * Candidates that may be used: those before the first one that lacked too much, and that one. The
   * product of it, so the next candidate, is not to be trusted.
   */
  int kept() {
    return kept;
  }

  /** Whether so little is left of the last one kept that it needs another sweep. */
  boolean weak() {
    return weak;
  }

  /** Norm of what the first candidate had in the basis. */
  double firstLack() {
    return lack[1];
  }

  /** For k ≤ m: the part of candidate m along vₖ. */
  double factor(int m, int k) {
    return factor[m][k];
  }

  /**
   * Turns rows of T as measured on the candidates into rows of the orthonormal vectors, without a
   * product. Exact for a symmetric operator, whatever the candidates lacked: from {@code A cₘ = αₘ
   * cₘ + βₘ₋₁ cₘ₋₁ + βₘ cₘ₊₁} and {@code cₘ = Σₖ factor[m][k] vₖ + Q(…)} follow {@code vₘ₊₁ᵀA vₘ}
   * and {@code vₘᵀA vₘ}, since {@code vₘ} meets A times the basis and earlier v only at its
   * neighbour.
   *
   * @param alpha from row {@code from} on, changed
   * @param beta likewise
   * @param left norm that further sweeps have left of a {@link #weak} candidate
   */
  void correctInPlace(double[] alpha, double[] beta, int from, double left) {
    if (weak) {
      factor[kept][kept] = left;
    }
    for (int m = 0; m < kept; m++) {
      int row = from + m;
      double before = m == 0 ? 0 : factor[m][m - 1] * beta[row - 1];
      alpha[row] += (beta[row] * factor[m + 1][m] - before) / factor[m][m];
      beta[row] *= factor[m + 1][m + 1] / factor[m][m];
    }
  }
}
