package io.limber.numerics.intervention;

import java.util.Arrays;

/** The largest singular value of a matrix, by power iteration in double precision to the end. */
final class FirstSingularVector {

  /** Far more than kernels need; the last change is then at rounding. */
  private static final int MOST = 1_000;

  private final double[] right;
  private double value;

  private FirstSingularVector(int columns) {
    right = new double[columns];
    Arrays.fill(right, 1 / Math.sqrt(columns));
  }

  /**
   * Computes.
   *
   * @param values holds the matrix [rows, columns], row by row, from place {@code from}
   */
  static FirstSingularVector of(float[] values, int from, int rows, int columns) {
    FirstSingularVector vector = new FirstSingularVector(columns);
    for (int i = 0; i < MOST; i++) {
      double before = vector.value;
      vector.iterate(values, from, rows);
      if (Math.abs(vector.value - before) <= 1.0e-12 * vector.value) {
        break;
      }
    }
    return vector;
  }

  private void iterate(float[] values, int from, int rows) {
    int columns = right.length;
    double[] back = new double[columns];
    double leftSquares = 0;
    for (int row = 0; row < rows; row++) {
      double left = 0;
      for (int column = 0; column < columns; column++) {
        left += values[from + row * columns + column] * right[column];
      }
      leftSquares += left * left;
      for (int column = 0; column < columns; column++) {
        back[column] += values[from + row * columns + column] * left;
      }
    }
    value = Math.sqrt(leftSquares);
    double norm = Math.sqrt(Arrays.stream(back).map(b -> b * b).sum());
    for (int column = 0; column < columns; column++) {
      right[column] = back[column] / norm;
    }
  }

  /** σ_max. */
  double value() {
    return value;
  }

  /** The right singular vector. */
  float[] right() {
    float[] rounded = new float[right.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) right[i];
    }
    return rounded;
  }
}
