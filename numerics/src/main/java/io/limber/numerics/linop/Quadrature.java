package io.limber.numerics.linop;

import java.util.function.DoubleUnaryOperator;

/**
 * Nodes and weights of one draw: {@code Σᵢ wᵢ f(θᵢ) ≈ vᵀ f(A) v} for the unit start vector v. Exact
 * for polynomials of degree up to 2 · order − 1. Immutable.
 *
 * @see "Golub and Meurant (2010), Matrices, moments and quadrature, ch. 6 and 7"
 */
public final class Quadrature {

  private final double[] nodes;
  private final double[] weights;

  Quadrature(double[] nodes, double[] weights) {
    this.nodes = nodes.clone();
    this.weights = weights.clone();
  }

  /** Number of nodes. */
  public int order() {
    return nodes.length;
  }

  /** Ritz value i, ascending, in the operator's unit. */
  public double node(int i) {
    return nodes[i];
  }

  /** Weight of node i, not negative; all of them sum to 1. */
  public double weight(int i) {
    return weights[i];
  }

  /** {@code Σᵢ wᵢ f(θᵢ)}. */
  public double integrate(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * f.applyAsDouble(nodes[i]);
    }
    return sum;
  }
}
