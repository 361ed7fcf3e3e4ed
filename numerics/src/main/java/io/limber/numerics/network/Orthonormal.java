package io.limber.numerics.network;

import io.limber.core.random.SeededRandom;

/** Random matrices with orthonormal columns or rows, by Gram-Schmidt on normal ones. */
final class Orthonormal {

  private Orthonormal() {}

  /**
   * Fills a matrix [rows, columns], row-major. Costs rows · columns · min(rows, columns) twice.
   *
   * @param from place of its first number in {@code values}
   */
  static void fill(float[] values, int from, int rows, int columns, SeededRandom random) {
    boolean tall = rows >= columns;
    double[][] vectors = vectors(Math.min(rows, columns), Math.max(rows, columns), random);
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors[i].length; j++) {
        values[from + (tall ? j * columns + i : i * columns + j)] = (float) vectors[i][j];
      }
    }
  }

  /** Orthonormal vectors, uniform over all such sets. */
  private static double[][] vectors(int count, int length, SeededRandom random) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        vectors[i][j] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) { // the second takes what rounding left
        for (int k = 0; k < i; k++) {
          addScaled(vectors[i], vectors[k], -dot(vectors[i], vectors[k]));
        }
      }
      addScaled(vectors[i], vectors[i], 1 / Math.sqrt(dot(vectors[i], vectors[i])) - 1);
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double[] into, double[] v, double factor) {
    for (int i = 0; i < into.length; i++) {
      into[i] += factor * v[i];
    }
  }
}
