package io.limber.numerics.statistics;

import java.nio.FloatBuffer;

/**
 * Euclidean norms and distances of float32 vectors, summed in double precision in index order.
 * Buffers are read from their position to their limit and left as they were; a layer's part is a
 * slice.
 */
public final class Norms {

  private Norms() {}

  /** ‖x‖₂, in the numbers' unit: weight norm, gradient norm, of one layer or of all. */
  public static double l2(FloatBuffer x) {
    double squares = 0;
    for (int i = x.position(); i < x.limit(); i++) {
      double value = x.get(i);
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** ‖x‖₁ = Σ|xᵢ|, in the numbers' unit. */
  public static double l1(FloatBuffer x) {
    double sum = 0;
    for (int i = x.position(); i < x.limit(); i++) {
      sum += Math.abs(x.get(i));
    }
    return sum;
  }

  /**
   * ‖x − y‖₂: update norm, distance from initialisation.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double distance(FloatBuffer x, FloatBuffer y) {
    if (x.remaining() != y.remaining()) {
      throw new IllegalArgumentException(
          "distance of vectors of lengths " + x.remaining() + " and " + y.remaining());
    }
    double squares = 0;
    int offset = y.position() - x.position();
    for (int i = x.position(); i < x.limit(); i++) {
      double difference = (double) x.get(i) - y.get(i + offset);
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }
}
