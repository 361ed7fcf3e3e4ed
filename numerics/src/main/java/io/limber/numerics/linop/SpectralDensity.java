package io.limber.numerics.linop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The eigenvalue density of a symmetric operator by stochastic Lanczos quadrature: {@code φ(t) =
 * 1/P Σᵢ N(t; λᵢ, σ²)} from quadratures of random start vectors. Immutable, any thread.
 *
 * <p>Each draw is an unbiased estimate of the moments up to degree 2 · order − 1; the draw's own
 * error falls as 1/√(draws · P). The density is smoothed by σ and, where the order is low, by the
 * quadrature.
 *
 * @see "Ghorbani, Krishnan and Xiao (2019), An investigation into neural net optimization via
 *     Hessian eigenvalue density, section 2 and appendix A; Lin, Saad and Yang (2016), SIAM Review
 *     58(1)"
 */
public final class SpectralDensity {

  /** Default width over the range of the nodes, √1e-5; see {@link #defaultWidth}. */
  public static final double RELATIVE_WIDTH = 0.0031622776601683794;

  /**
   * Magnitude below which a node counts as zero, over the largest: products are float32 products.
   */
  public static final double RELATIVE_ZERO = 1e-6;

  private final List<Quadrature> draws;

  private SpectralDensity(List<Quadrature> draws) {
    this.draws = List.copyOf(draws);
  }

  /**
   * Draws start vectors one after another, with one basis for all.
   *
   * @param operator symmetric, on vectors of length P
   * @param order nodes of a draw and products spent on it; cut to P; fewer where the start vector's
   *     space is invariant before, and the quadrature then exact
   * @param draws start vectors, at least 1; standard errors need 2
   * @param random of the start vectors; equal seeds give equal densities
   * @param budgetBytes most memory for the basis
   * @throws IllegalArgumentException if {@code draws < 1} or the basis is over the budget
   * @throws ArithmeticException if a product is not finite; the message names the draw and product
   */
  public static SpectralDensity estimate(
      LinearOperator operator,
      int order,
      int draws,
      RandomGenerator random,
      long budgetBytes,
      Workers workers) {
    if (draws < 1) {
      throw new IllegalArgumentException("draws " + draws + " must be at least 1");
    }
    KrylovPlan plan = KrylovPlan.atMost(operator.size(), order);
    var lanczos = new Lanczos(operator, plan, budgetBytes, workers);
    List<Quadrature> quadratures = new ArrayList<>();
    for (int draw = 1; draw <= draws; draw++) {
      lanczos.start(random);
      try {
        lanczos.extend(plan.order(), Lanczos.OnBreakdown.STOP);
      } catch (ArithmeticException e) {
        throw new ArithmeticException("draw " + draw + " of " + draws + ": " + e.getMessage());
      }
      quadratures.add(lanczos.ritz().quadrature());
    }
    return new SpectralDensity(quadratures);
  }

  /** The quadratures, in the order drawn. */
  public List<Quadrature> draws() {
    return draws;
  }

  /** Smallest node of all draws: an upper bound of the smallest eigenvalue. */
  public double smallestNode() {
    return draws.stream().mapToDouble(q -> q.node(0)).min().orElseThrow();
  }

  /** Largest node of all draws: a lower bound of the largest eigenvalue. */
  public double largestNode() {
    return draws.stream().mapToDouble(q -> q.node(q.order() - 1)).max().orElseThrow();
  }

  /** {@code tr f(A) / P} with its standard error over the draws. */
  public Estimate integrate(DoubleUnaryOperator f) {
    return over(q -> q.integrate(f));
  }

  /** {@code tr Aⁿ / P}: degree 1 is the mean eigenvalue, degree 2 is ‖A‖²_F / P. */
  public Estimate moment(int degree) {
    return integrate(t -> Math.pow(t, degree));
  }

  /**
   * Negative mass: the share of eigenvalues below zero, as the weight of the Ritz values below
   * −{@value #RELATIVE_ZERO} of the largest magnitude. Ritz values nearer to zero count as zero:
   * the rounding of products spreads a Hessian's many zero eigenvalues to both sides. Times P it is
   * the count of negative eigenvalues. Biased by as much mass as a node near zero stands for.
   */
  public Estimate negativeMass() {
    return negativeMass(RELATIVE_ZERO * Math.max(-smallestNode(), largestNode()));
  }

  /**
   * The weight of the Ritz values below −{@code floor}.
   *
   * @param floor in the operator's unit, at least 0
   * @throws IllegalArgumentException if {@code floor} is negative or NaN
   */
  public Estimate negativeMass(double floor) {
    if (!(floor >= 0)) {
      throw new IllegalArgumentException("floor " + floor + " must not be negative");
    }
    return integrate(t -> t < -floor ? 1 : 0);
  }

  private Estimate over(ToDoubleFunction<Quadrature> value) {
    return Estimate.of(draws.stream().mapToDouble(value).toArray());
  }

  /**
   * A width for {@link #curve}: {@value #RELATIVE_WIDTH} of the range of the nodes, or of their
   * magnitude where all are equal. Departs from the authors' published code, whose variance is 1e-5
   * · max(1, range) and so depends on the unit of the loss.
   */
  public double defaultWidth() {
    double range = largestNode() - smallestNode();
    double magnitude = Math.max(Math.abs(smallestNode()), Math.abs(largestNode()));
    double base = range > 1e-9 * magnitude ? range : magnitude;
    return RELATIVE_WIDTH * (base > 0 ? base : 1);
  }

  /**
   * The density on an even grid over all nodes and six widths beyond.
   *
   * @param width σ of the Gaussian kernel, a standard deviation in the operator's unit
   * @param points of the grid, at least as many as keep its step within σ
   * @return density in 1 / operator's unit; by the trapezoid rule it integrates to 1 within 1e-7,
   *     of which 5e-9 is the rule's error at step σ and 2e-9 lies beyond six widths
   * @throws IllegalArgumentException if the width is not positive or the grid too coarse; the
   *     message says how many points would do
   */
  public DensityCurve curve(double width, int points) {
    if (!(width > 0) || Double.isInfinite(width)) {
      throw new IllegalArgumentException("kernel width " + width + " must be positive and finite");
    }
    double from = smallestNode() - 6 * width;
    double to = largestNode() + 6 * width;
    long needed = (long) Math.ceil((to - from) / width) + 1;
    if (points < needed) {
      throw new IllegalArgumentException(
          "a grid of "
              + points
              + " points is coarser than the kernel width "
              + width
              + ": take at least "
              + needed);
    }
    double step = (to - from) / (points - 1);
    double[] grid = new double[points];
    double[] density = new double[points];
    for (int i = 0; i < points; i++) {
      double t = from + i * step;
      grid[i] = t;
      density[i] = integrate(node -> kernel((t - node) / width) / width).mean();
    }
    return new DensityCurve(grid, density, width);
  }

  private static double kernel(double z) {
    return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  }
}
