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
 *   <li>Up to four successive vectors share each reading of Q, as in Grcar's periodic
 *       re-orthogonalisation, but with no vector left out: products are taken of vectors that still
 *       lack their re-orthogonalisation. In exact arithmetic what they lack, which lies in the
 *       space of Q, alters neither the space nor, once {@link CandidateBlock#correctInPlace} has
 *       accounted for it, T. What is bounded is the loss of figures: fewer vectors share where the
 *       next one would lack over {@value #LARGEST_LACK} by the growth that Simon's recurrence
 *       allows, and a product of one that did is taken again.
 * </ul>
 *
 * <p>A basis that does not fit the budget is refused at construction. One owner thread.
 *
 * @see "Lanczos (1950); Simon (1984), Mathematics of Computation 42(165); Grcar (1981), Analyses of
 *     the Lanczos algorithm, thesis, on periodic re-orthogonalisation"
 */
public final class Lanczos {

  /** What to do when the Krylov space is invariant: the next vector has no direction of its own. */
  public enum OnBreakdown {
    /** Ends with the order reached; the quadrature of the start vector is then exact. */
    STOP,
    /** Goes on with a fresh random vector orthogonal to all, to find what the first one missed. */
    RESTART
  }

  /** Share of its norm that a vector must keep in a pass, or it gets another one; 1/√2. */
  static final double CANCELLATION = 0.7071;

  /** Largest part in the basis of a vector whose product is kept: a hundredth of a figure lost. */
  static final double LARGEST_LACK = 1e-2;

  /** Below this share of the operator's norm seen so far, a residual is rounding: see STOP. */
  static final double BREAKDOWN = 1e-13;

  /** What a product is taken to be wrong by, over the norm, until that is seen: float32. */
  private static final double NOISE_AT_FIRST = 0x1p-24;

  private final LinearOperator operator;
  private final KrylovPlan plan;
  private final KrylovBasis basis;
  private final VectorMath vectors;
  private final double[] alpha;
  private final double[] beta; // beta[i] links vector i to vector i + 1
  private double[] scratch; // for the last residual, which is no basis vector
  private RandomGenerator random;
  private double scale;
  private double noise; // what products were last found to be wrong by, over scale
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
    noise = NOISE_AT_FIRST;
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
    basis.append(1);
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
      step(target, onBreakdown);
    }
    return order;
  }

  /** Takes the product of the newest vector, then makes the next ones, if there is room. */
  private void step(int target, OnBreakdown onBreakdown) {
    int j = order;
    if (j + 1 == plan.order()) {
      scratch = scratch == null ? new double[plan.size()] : scratch;
      beta[j] = recurrence(j, scratch); // only the residuals of Ritz values need it
      order++;
      return;
    }
    int most = Math.min(KrylovBasis.TOGETHER, Math.min(target, plan.order() - 1) - j);
    int width = candidates(j, most);
    if (beta[j] <= BREAKDOWN * scale) {
      order++;
      breakDown(j, onBreakdown);
      return;
    }
    clean(j, width, onBreakdown);
  }

  /**
   * Fills spare rows with successive vectors of unit norm that are not re-orthogonalised yet, and
   * T's rows from j on with what belongs to them.
   *
   * @return how many; no product is taken of one that is likely to lack too much
   */
  private int candidates(int j, int most) {
    basis.reserve(most);
    double lack = noise;
    for (int m = 0; m < most; m++) {
      double[] w = basis.spare(m);
      double norm = recurrence(j + m, w);
      beta[j + m] = norm;
      if (norm <= BREAKDOWN * scale) {
        return m; // once its predecessor is clean, the product shows whether this is a breakdown
      }
      vectors.scaleInPlace(w, 1 / norm);
      lack *= scale / norm; // the most that an error along an eigenvector grows by in a step
      if (lack > LARGEST_LACK) {
        return m + 1;
      }
    }
    return most;
  }

  /** Re-orthogonalises the candidates in the same readings of the basis and appends the good. */
  private void clean(int j, int width, OnBreakdown onBreakdown) {
    double[][] candidates = basis.spares(width);
    double[][] inBasis = basis.projectOutInPlace(candidates);
    var block = new CandidateBlock(inBasis, vectors.gram(candidates), LARGEST_LACK, CANCELLATION);
    noise = Math.max(noise / 2, block.firstLack() * beta[j] / scale); // half: one may be lucky
    int good = block.weak() ? block.kept() - 1 : block.kept();
    vectors.solveInPlace(candidates, good, block);
    basis.append(good);
    double left = block.weak() ? orthogonalize(candidates[good]) : 1;
    block.correctInPlace(alpha, beta, j, left);
    order = j + block.kept();
    if (block.weak() && beta[order - 1] <= BREAKDOWN * scale) {
      breakDown(order - 1, onBreakdown);
    } else if (block.weak()) {
      vectors.scaleInPlace(candidates[good], 1 / left);
      basis.append(1);
    }
  }

  /** {@code into = A qⱼ − α qⱼ − β qⱼ₋₁} with α of T's row j on the way; returns its norm. */
  private double recurrence(int j, double[] into) {
    double[] q = basis.row(j);
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

  /** Gram-Schmidt passes until one takes little away, three at most; returns the norm left. */
  private double orthogonalize(double[] w) {
    double before = vectors.norm(w);
    double after = before;
    for (int pass = 0; pass < 3; pass++) {
      basis.projectOutInPlace(w);
      after = vectors.norm(w);
      if (after >= CANCELLATION * before) {
        break;
      }
      before = after;
    }
    return after;
  }

  private void breakDown(int j, OnBreakdown onBreakdown) {
    beta[j] = 0;
    breakdowns++;
    if (onBreakdown == OnBreakdown.STOP || basis.count() == plan.size()) {
      exhausted = true;
      return;
    }
    double[] w = basis.spare(0);
    fillGaussian(w);
    vectors.scaleInPlace(w, 1 / orthogonalize(w));
    basis.append(1);
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
