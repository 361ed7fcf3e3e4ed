package io.limber.numerics.linop;

import java.util.function.IntToDoubleFunction;

/** A diagonal matrix: long vectors with a known spectrum. */
record DiagonalOperator(int size, IntToDoubleFunction diagonal) implements LinearOperator {

  @Override
  public void apply(double[] v, double[] into) {
    for (int i = 0; i < v.length; i++) {
      into[i] = diagonal.applyAsDouble(i) * v[i];
    }
  }
}
