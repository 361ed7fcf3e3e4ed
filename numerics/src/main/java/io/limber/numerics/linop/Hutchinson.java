package io.limber.numerics.linop;

import java.util.random.RandomGenerator;

/** Estimates from products with random sign vectors. */
public final class Hutchinson {

  private Hutchinson() {}

  /**
   * Trace and squared Frobenius norm from the same products.
   *
   * @param trace tr A, in the operator's unit
   * @param squaredFrobenius ‖A‖²_F = Σ λ², in the operator's unit squared
   */
  public record Moments(Estimate trace, Estimate squaredFrobenius) {

    /** ‖A‖_F; its square is unbiased, the root itself is biased low by about variance/(8 mean²). */
    public double frobenius() {
      return Math.sqrt(squaredFrobenius.mean());
    }
  }

  /**
   * Estimates the trace of a symmetric operator, the mean of vᵀAv over random sign vectors v, and
   * its squared Frobenius norm, the mean of ‖Av‖².
   *
   * <p>Both unbiased. One product's trace has variance 2(‖A‖²_F − Σᵢ Aᵢᵢ²), its squared norm
   * 2(‖A²‖²_F − Σᵢ (A²)ᵢᵢ²); the standard errors fall as 1/√products. Memory: two vectors.
   *
   * @param operator symmetric, on vectors of length P
   * @param products products to spend, at least 2; each costs about two gradients for a Hessian
   * @param random source of the signs; equal seeds give equal estimates
   * @return means and standard errors
   * @throws IllegalArgumentException if {@code products < 2}
   * @throws ArithmeticException if a product is not finite; the message names which one
   * @see "Hutchinson (1989), Communications in Statistics: Simulation and Computation 18(3)"
   */
  public static Moments moments(
      LinearOperator operator, int products, RandomGenerator random, Workers workers) {
    if (products < 2) {
      throw new IllegalArgumentException(
          "products " + products + " must be at least 2, or there is no standard error");
    }
    var vectors = new VectorMath(operator.size(), workers);
    double[] v = new double[operator.size()];
    double[] product = new double[operator.size()];
    double[] traces = new double[products];
    double[] squares = new double[products];
    for (int i = 0; i < products; i++) {
      fillSigns(v, random);
      operator.apply(v, product);
      traces[i] = vectors.dot(v, product);
      squares[i] = vectors.dot(product, product);
      if (!Double.isFinite(traces[i]) || !Double.isFinite(squares[i])) {
        throw new ArithmeticException(
            "product " + (i + 1) + " of the trace estimate is not finite");
      }
    }
    return new Moments(Estimate.of(traces), Estimate.of(squares));
  }

  private static void fillSigns(double[] v, RandomGenerator random) {
    long bits = 0;
    for (int i = 0; i < v.length; i++) {
      bits = i % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
      v[i] = (bits & 1) == 0 ? -1 : 1;
    }
  }
}
