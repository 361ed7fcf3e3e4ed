package io.limber.numerics.statistics;

/** Checks that flat arrays hold whole matrices. */
final class Shapes {

  private Shapes() {}

  /** Rows of a row-major matrix of {@code length} numbers. */
  static int rows(int length, int columns) {
    if (columns < 1 || length < columns || length % columns != 0) {
      throw new IllegalArgumentException(
          length + " numbers are not a matrix of " + columns + " columns and at least one row");
    }
    return length / columns;
  }
}
