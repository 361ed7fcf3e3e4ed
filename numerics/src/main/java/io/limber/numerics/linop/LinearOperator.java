package io.limber.numerics.linop;

/**
 * A symmetric matrix of which only products with vectors are known. The callers of this package
 * trust the symmetry and check that each product is finite.
 */
public interface LinearOperator {

  /** P, the length of the vectors; at least 1. */
  int size();

  /**
   * Overwrites {@code into} with the product.
   *
   * @param v length {@link #size()}; only read, and not kept after the call
   * @param into length {@link #size()}, another array than {@code v}; what it held does not count
   */
  void apply(double[] v, double[] into);
}
