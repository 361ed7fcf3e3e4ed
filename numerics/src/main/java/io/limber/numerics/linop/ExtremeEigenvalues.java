package io.limber.numerics.linop;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Largest and smallest (algebraic) eigenvalues of a symmetric operator by {@link Lanczos}.
 *
 * <p>A Ritz value θ with residual r = ‖Ay − θy‖ has an eigenvalue within r of it, within r²/gap
 * where the eigenvalue stands alone. Ritz values lie within the spectrum: a largest one not yet
 * converged is too small. A space from one start vector shows one copy of a multiple eigenvalue;
 * the others come with restarts after a breakdown, when more than one eigenvalue a side is wanted.
 */
public final class ExtremeEigenvalues {

  /**
   * What to find and what to spend.
   *
   * @param largest eigenvalues wanted from the top, at least 0
   * @param smallest eigenvalues wanted from the bottom, at least 0
   * @param maxOrder largest basis, so most products; cut to P
   * @param tolerance residual, as a share of the largest magnitude, at which a value counts as
   *     converged
   * @param budgetBytes most memory for the basis
   */
  public record Request(
      int largest, int smallest, int maxOrder, double tolerance, long budgetBytes) {
    public Request {
      if (largest < 0 || smallest < 0 || largest + smallest == 0) {
        throw new IllegalArgumentException(
            "eigenvalues wanted, "
                + largest
                + " and "
                + smallest
                + ", must not be negative or none");
      }
      if (maxOrder < largest + smallest) {
        throw new IllegalArgumentException(
            "order "
                + maxOrder
                + " must be at least the eigenvalues wanted, "
                + (largest + smallest));
      }
      if (!(tolerance > 0)) {
        throw new IllegalArgumentException("tolerance " + tolerance + " must be positive");
      }
    }
  }

  /**
   * One eigenvalue as found. The vector is the caller's to read and not to change: it is handed
   * over without a copy, as it may take megabytes.
   *
   * @param value Rayleigh quotient of the vector
   * @param residual ‖Ay − θy‖ with a product of its own, so that noise in the products shows
   * @param vector unit norm, length P
   */
  public record RitzPair(double value, double residual, double[] vector) {}

  /**
   * What was found.
   *
   * @param largest descending, the largest eigenvalue first
   * @param smallest ascending, the smallest eigenvalue first
   * @param order of the basis at the end
   * @param products spent, those for the residuals included
   * @param converged whether the recurrence's residuals of all reached the tolerance
   */
  public record Extremes(
      List<RitzPair> largest, List<RitzPair> smallest, int order, int products, boolean converged) {
    public Extremes {
      largest = List.copyOf(largest);
      smallest = List.copyOf(smallest);
    }

    /**
     * λ_max / λ_min, the paper's condition number. Meant for positive definite operators: negative
     * for an indefinite one, where it bounds nothing (that would take the eigenvalue nearest to
     * zero, inside the spectrum, which Lanczos does not give), and infinite or NaN at λ_min = 0.
     *
     * @throws IllegalStateException unless both ends were asked for
     * @see "Lyle et al. (2023), Understanding plasticity in neural networks, section 2 (eq 2)"
     */
    public double conditionNumber() {
      if (largest.isEmpty() || smallest.isEmpty()) {
        throw new IllegalStateException("a condition number needs both ends of the spectrum");
      }
      return largest.get(0).value() / smallest.get(0).value();
    }
  }

  private ExtremeEigenvalues() {}

  /**
   * Finds them from one seeded start vector; looks for convergence at orders that grow by a
   * quarter.
   *
   * @param operator symmetric, on vectors of length P
   * @param request what and how far; cost: up to maxOrder products and one for each pair, and
   *     {@link KrylovPlan#trafficBytes} of re-orthogonalisation
   * @param random of the start vector; equal seeds give equal results
   * @throws IllegalArgumentException if the basis is over the budget, or P is less than the
   *     eigenvalues wanted
   * @throws ArithmeticException if a product is not finite; the message names which one
   * @see "Parlett (1998), The symmetric eigenvalue problem, section 13.2"
   */
  public static Extremes find(
      LinearOperator operator, Request request, RandomGenerator random, Workers workers) {
    int wanted = Math.max(request.largest(), request.smallest());
    if (wanted > operator.size()) {
      throw new IllegalArgumentException(
          wanted + " eigenvalues wanted of an operator of size " + operator.size());
    }
    KrylovPlan plan = KrylovPlan.atMost(operator.size(), request.maxOrder());
    var lanczos = new Lanczos(operator, plan, request.budgetBytes(), workers);
    lanczos.start(random);
    var onBreakdown = wanted == 1 ? Lanczos.OnBreakdown.STOP : Lanczos.OnBreakdown.RESTART;
    int target = Math.min(plan.order(), Math.max(8, 2 * wanted));
    while (true) {
      int reached = lanczos.extend(target, onBreakdown);
      RitzSystem ritz = lanczos.ritz();
      boolean copiesMayMiss = wanted > 1 && lanczos.breakdowns() > 0;
      boolean converged = converged(ritz, request);
      if (reached < target || target == plan.order() || (converged && !copiesMayMiss)) {
        return extremes(operator, lanczos, ritz, request, converged, workers);
      }
      target = Math.min(plan.order(), target + Math.max(4, target / 4));
    }
  }

  private static boolean converged(RitzSystem ritz, Request request) {
    int n = ritz.order();
    double limit = request.tolerance() * ritz.norm();
    for (int i = 0; i < n; i++) {
      boolean asked = i < request.smallest() || i >= n - request.largest();
      if (asked && !(ritz.residual(i) <= limit)) {
        return false;
      }
    }
    return n >= Math.max(request.largest(), request.smallest());
  }

  private static Extremes extremes(
      LinearOperator operator,
      Lanczos lanczos,
      RitzSystem ritz,
      Request request,
      boolean converged,
      Workers workers) {
    var vectors = new VectorMath(operator.size(), workers);
    int n = ritz.order();
    List<RitzPair> largest = new ArrayList<>();
    for (int i = 0; i < Math.min(n, request.largest()); i++) {
      largest.add(pair(operator, lanczos, ritz.coefficients(n - 1 - i), vectors));
    }
    List<RitzPair> smallest = new ArrayList<>();
    for (int i = 0; i < Math.min(n, request.smallest()); i++) {
      smallest.add(pair(operator, lanczos, ritz.coefficients(i), vectors));
    }
    int products = lanczos.products() + largest.size() + smallest.size();
    return new Extremes(largest, smallest, n, products, converged);
  }

  private static RitzPair pair(
      LinearOperator operator, Lanczos lanczos, double[] coefficients, VectorMath vectors) {
    double[] y = new double[operator.size()];
    double[] product = new double[operator.size()];
    lanczos.ritzVector(coefficients, y);
    vectors.scaleInPlace(y, 1 / vectors.norm(y));
    operator.apply(y, product);
    double value = vectors.dot(y, product);
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("the product with a Ritz vector is not finite");
    }
    vectors.addInPlace(product, -value, y);
    return new RitzPair(value, vectors.norm(product), y);
  }
}
