package io.limber.numerics.linop;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The Lanczos process {@code A Q = Q T + β q eᵀ} in double precision, every basis vector fully
 * re-orthogonalised against all earlier ones by classical Gram-Schmidt.
 *
 * <p>What it costs beside the products is the reading of Q. Two measures keep that low, and the
 * orthogonality at rounding level:
 *
 * <ul>
 *   <li>A second Gram-Schmidt pass is made where the first one left less than {@value
 *       #CANCELLATION} of a vector's norm ("twice is enough": Daniel, Gragg, Kaufman and Stewart
 *       1976). After the three-term recurrence that is rare.
 *   <li>Two successive vectors share each reading of Q, as in Grcar's periodic
 *       re-orthogonalisation, but with no step left out: the second product is then taken of a
 *       vector that still lacks its re-orthogonalisation. Projections are linear, so this alters T
 *       in second order of what the vector lacked. Where that exceeds {@value #LARGEST_LACK}, the
 *       product is taken again.
 * </ul>
 *
 * <p>The basis is as large as {@link KrylovPlan} says; one that does not fit the budget is refused
 * at construction. One owner thread.
 *
 * @see "Lanczos (1950); Simon (1984), Mathematics of Computation 42(165); Grcar (1981), Analyses of
 *     the Lanczos algorithm and of the approximation problem in Richardson's method, thesis, on
 *     periodic re-orthogonalisation"
 */
public final class Lanczos {

  /** What to do when the Krylov space is invariant: the next vector has no direction of its own. */
  public enum OnBreakdown {
    /** Ends with the order reached; the quadrature of the start vector is then exact. */
    STOP,
    /**
     * Goes on with a fresh random vector orthogonal to all, to find what the start vector missed.
     */
    RESTART
  }

  /** Share of its norm that a vector must keep in a pass, or it gets another one; 1/√2. */
  static final double CANCELLATION = 0.7071;

  /** Largest part outside its own direction of a vector whose product is kept: alters T by 1e-8. */
  static final double LARGEST_LACK = 1e-4;

  /** Below this share of the operator's norm seen so far, a residual is rounding: see STOP. */
  static final double BREAKDOWN = 1e-13;

  /** A vector this much shorter than the product it came from is not used before it is cleaned. */
  private static final double PAIRING = 1e-2;

  private final LinearOperator operator;
  private final KrylovPlan plan;
  private final KrylovBasis basis;
  private final VectorMath vectors;
  private final double[] alpha;
  private final double[] beta; // beta[i] links vector i to vector i + 1
  private double[] scratch; // for the last residual, which is no basis vector
  private RandomGenerator random;
  private double scale;
  private int order; // rows of T that are known
  private int products;
  private int breakdowns;
  private boolean exhausted;

  /**
   * Checks the memory, then makes room.
   *
   * @param operator symmetric, of size P
   * @param plan of the same size; {@code plan.order()} is the largest order
   * @param budgetBytes most that the basis may take
   * @throws IllegalArgumentException if the plan is for another size or over the budget
   */
  public Lanczos(LinearOperator operator, KrylovPlan plan, long budgetBytes, Workers workers) {
    if (plan.size() != operator.size()) {
      throw new IllegalArgumentException(
          "the plan is for vectors of " + plan.size() + ", the operator's are " + operator.size());
    }
    plan.requireWithin(budgetBytes);
    this.operator = operator;
    this.plan = plan;
    this.basis = new KrylovBasis(plan, workers);
    this.vectors = new VectorMath(plan.size(), workers);
    this.alpha = new double[plan.order()];
    this.beta = new double[plan.order()];
  }

  /** Begins anew from a Gaussian vector, so from a direction uniform on the sphere. */
  public void start(RandomGenerator random) {
    reset(random);
    fillGaussian(basis.spare(0));
    begin();
  }

  /**
   * Begins anew from a given direction.
   *
   * @param direction length P, copied, of any positive length
   * @param random for fresh vectors at breakdowns
   * @throws IllegalArgumentException if its length is wrong, or its norm zero or not finite
   */
  public void start(double[] direction, RandomGenerator random) {
    if (direction.length != plan.size()) {
      throw new IllegalArgumentException(
          "start vector has " + direction.length + " numbers, the operator's have " + plan.size());
    }
    reset(random);
    System.arraycopy(direction, 0, basis.spare(0), 0, direction.length);
    begin();
  }

  private void reset(RandomGenerator random) {
    this.random = random;
    basis.clear();
    scale = 0;
    order = 0;
    products = 0;
    breakdowns = 0;
    exhausted = false;
  }

  private void begin() {
    double norm = vectors.norm(basis.spare(0));
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException("start vector has norm " + norm + ", it must be positive");
    }
    vectors.scaleInPlace(basis.spare(0), 1 / norm);
    basis.append();
  }

  /**
   * Extends T to {@code target} rows. May be called again with a larger target, at no loss; each
   * new row costs one product.
   *
   * @return the order reached; less than {@code target} only after a breakdown with STOP, or when
   *     the basis spans the whole space
   * @throws IllegalArgumentException if {@code target} is over the plan's order
   * @throws ArithmeticException if a product is not finite; the message names which one
   */
  public int extend(int target, OnBreakdown onBreakdown) {
    if (target > plan.order()) {
      throw new IllegalArgumentException(
          "order " + target + " is over the planned order " + plan.order());
    }
    while (order < target && !exhausted) {
      step(onBreakdown);
    }
    return order;
  }

  /** Takes the product of the newest vector, then makes the next one or two, if there is room. */
  private void step(OnBreakdown onBreakdown) {
    int j = order;
    double[] q = basis.row(j);
    boolean room = j + 1 < plan.order();
    double[] w = room ? basis.spare(0) : scratch();
    double norm = recurrence(j, q, w);
    order = j + 1;
    if (!room) {
      beta[j] = norm; // only the residuals of Ritz values need it
      return;
    }
    boolean pair = norm > PAIRING * scale && j + 2 < plan.order();
    if (pair && pairedStep(j, norm, w)) {
      acceptOrBreak(j + 1, basis.spare(0), onBreakdown);
      return;
    }
    if (!pair) {
      orthogonalize(w, norm);
      acceptOrBreak(j, w, onBreakdown);
    }
  }

  private double[] scratch() {
    if (scratch == null) {
      scratch = new double[plan.size()];
    }
    return scratch;
  }

  /** {@code into = A q − α q − β q₋₁} with T's row j on the way; returns its norm. */
  private double recurrence(int j, double[] q, double[] into) {
    operator.apply(q, into);
    products++;
    double before = vectors.norm(into);
    if (!Double.isFinite(before)) {
      throw new ArithmeticException(
          "product " + products + " of the Lanczos process is not finite");
    }
    scale = Math.max(scale, before);
    alpha[j] = vectors.dot(q, into);
    double[] previous = j == 0 ? q : basis.row(j - 1);
    return vectors.subtractInPlace(into, alpha[j], q, j == 0 ? 0 : beta[j - 1], previous);
  }

  /**
   * Cleans vector j + 1 and the candidate for j + 2 in the same readings of the basis.
   *
   * @return false if the candidate must be thrown away: vector j + 1 moved too far when cleaned
   */
  private boolean pairedStep(int j, double norm, double[] v) {
    vectors.scaleInPlace(v, 1 / norm);
    double[] z = basis.spare(1);
    beta[j] = norm;
    double zNorm = recurrence(j + 1, v, z);
    double lack = basis.projectOutInPlace(v, z)[0];
    double left = lack > LARGEST_LACK ? orthogonalize(v, vectors.norm(v)) : vectors.norm(v);
    vectors.scaleInPlace(v, 1 / left);
    beta[j] = norm * left;
    basis.append();
    if (lack > LARGEST_LACK) {
      return false;
    }
    order = j + 2;
    double along = vectors.dot(v, z);
    vectors.addInPlace(z, -along, v);
    double zLeft = vectors.norm(z);
    if (zLeft < CANCELLATION * zNorm) {
      orthogonalize(z, zLeft);
    }
    return true;
  }

  /** Gram-Schmidt passes until one takes little away, three at most; returns the norm left. */
  private double orthogonalize(double[] w, double norm) {
    double before = norm;
    double after = norm;
    for (int pass = 0; pass < 3; pass++) {
      basis.projectOutInPlace(w, null);
      after = vectors.norm(w);
      if (after >= CANCELLATION * before) {
        break;
      }
      before = after;
    }
    return after;
  }

  /** Makes {@code w} the basis vector after row j of T, unless nothing of it is left. */
  private void acceptOrBreak(int j, double[] w, OnBreakdown onBreakdown) {
    double norm = vectors.norm(w);
    if (norm > BREAKDOWN * scale) {
      beta[j] = norm;
      vectors.scaleInPlace(w, 1 / norm);
      basis.append();
      return;
    }
    beta[j] = 0;
    breakdowns++;
    if (onBreakdown == OnBreakdown.STOP || basis.count() == plan.size()) {
      exhausted = true;
      return;
    }
    fillGaussian(w);
    double left = orthogonalize(w, vectors.norm(w));
    vectors.scaleInPlace(w, 1 / left);
    basis.append();
  }

  private void fillGaussian(double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = random.nextGaussian();
    }
  }

  /** T of the order reached, solved. */
  RitzSystem ritz() {
    return RitzSystem.solve(
        Arrays.copyOf(alpha, order), Arrays.copyOf(beta, order), "Lanczos order " + order);
  }

  /** Overwrites {@code into} with the Ritz vector of the given coefficients in the basis. */
  void ritzVector(double[] coefficients, double[] into) {
    basis.combine(coefficients, into);
  }

  /** Rows of T so far. */
  public int order() {
    return order;
  }

  /** Products spent since the last start. */
  public int products() {
    return products;
  }

  /** How often the space was invariant since the last start. */
  public int breakdowns() {
    return breakdowns;
  }

  KrylovBasis basis() {
    return basis;
  }
}
