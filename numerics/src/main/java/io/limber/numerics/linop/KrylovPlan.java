package io.limber.numerics.linop;

import java.util.Locale;

/**
 * What a Krylov basis takes, known before anything is allocated. The basis is kept whole, since
 * full re-orthogonalisation reads all of it at each step; a basis that does not fit is refused, not
 * restarted or cut short.
 *
 * @param size P, the length of the vectors
 * @param order vectors in the basis
 */
public record KrylovPlan(int size, int order) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless {@code 1 <= order <= size}
   */
  public KrylovPlan {
    if (order < 1 || order > size) {
      throw new IllegalArgumentException(
          "Lanczos order "
              + order
              + " must lie in [1, size = "
              + size
              + "], or the basis could not be orthogonal");
    }
  }

  /** The largest order up to {@code order} that an operator of {@code size} has room for. */
  public static KrylovPlan atMost(int size, int order) {
    return new KrylovPlan(size, Math.min(size, order));
  }

  /** Bytes of the basis and the residual after it, (order + 1) × P × 8, and of the partial sums. */
  public long bytes() {
    long sums = Math.multiplyExact(8L * sumsPerChunk(order), (long) VectorMath.chunks(size));
    return Math.addExact(Math.multiplyExact((order + 1L) * size, 8L), sums);
  }

  /** One for each basis vector, in fours, and each of the vectors that share a sweep. */
  static int sumsPerChunk(int order) {
    return KrylovBasis.TOGETHER * ((order + 3) / 4 * 4);
  }

  /**
   * Bytes that full re-orthogonalisation reads up to full order at least, for a forecast of its
   * time: every fourth step reads all vectors so far twice, order² × P × 2 bytes in all. Where
   * {@link Lanczos} lets fewer than four steps share a reading, it is as much more.
   */
  public double trafficBytes() {
    return 8.0 / KrylovBasis.TOGETHER * order * order * size;
  }

  /**
   * Lets a basis within {@code budgetBytes} pass.
   *
   * @throws IllegalArgumentException with all the numbers and the order that would fit, if it does
   *     not fit
   */
  public void requireWithin(long budgetBytes) {
    if (bytes() > budgetBytes) {
      long fitting =
          Math.max(
              0,
              (budgetBytes - 8L * size)
                  / (8L * size + 8L * KrylovBasis.TOGETHER * VectorMath.chunks(size)));
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a Lanczos basis of order %d for %d parameters takes %d bytes ((order + 1) x parameters x 8 and sums),"
                  + " the budget is %d bytes: about order %d would fit",
              order,
              size,
              bytes(),
              budgetBytes,
              fitting));
    }
  }

  /** Bytes that the Java heap could still give to a basis; an upper bound, as others use it too. */
  public static long freeHeapBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
