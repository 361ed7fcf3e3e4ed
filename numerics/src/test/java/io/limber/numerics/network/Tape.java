package io.limber.numerics.network;

import java.util.Arrays;

/**
 * Arithmetic in double precision that remembers itself: the gradient of a number with respect to
 * all before it, one operation at a time. Numbers are places on the tape.
 */
public final class Tape {

  private double[] values = new double[1024];
  private int[] operands = new int[2048];
  private double[] slopes = new double[2048];
  private int size;

  /** A number that depends on nothing. */
  public int number(double value) {
    return put(value, 0, 0, 0, 0);
  }

  /** Many of them. */
  public int[] numbers(double[] values) {
    return Arrays.stream(values).mapToInt(this::number).toArray();
  }

  public double value(int place) {
    return values[place];
  }

  int add(int a, int b) {
    return put(values[a] + values[b], a, 1, b, 1);
  }

  public int subtract(int a, int b) {
    return put(values[a] - values[b], a, 1, b, -1);
  }

  public int multiply(int a, int b) {
    return put(values[a] * values[b], a, values[b], b, values[a]);
  }

  int scale(int a, double factor) {
    return function(a, factor * values[a], factor);
  }

  /** A function of one number, by its value and derivative there. */
  int function(int a, double value, double slope) {
    return put(value, a, slope, 0, 0);
  }

  public int sum(int... terms) {
    int sum = terms[0];
    for (int i = 1; i < terms.length; i++) {
      sum = add(sum, terms[i]);
    }
    return sum;
  }

  public int mean(int... terms) {
    return scale(sum(terms), 1.0 / terms.length);
  }

  private int put(double value, int a, double byA, int b, double byB) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      operands = Arrays.copyOf(operands, 4 * size);
      slopes = Arrays.copyOf(slopes, 4 * size);
    }
    values[size] = value;
    operands[2 * size] = a;
    operands[2 * size + 1] = b;
    slopes[2 * size] = byA;
    slopes[2 * size + 1] = byB;
    return size++;
  }

  /** The gradient of what is at {@code of} with respect to what is at {@code with}. */
  public double[] gradient(int of, int[] with) {
    double[] all = new double[of + 1];
    all[of] = 1;
    for (int i = of; i > 0; i--) {
      all[operands[2 * i]] += all[i] * slopes[2 * i];
      all[operands[2 * i + 1]] += all[i] * slopes[2 * i + 1];
    }
    // place 0 collects what depends on nothing, and the first number itself is not sought
    return Arrays.stream(with).mapToDouble(place -> all[place]).toArray();
  }
}
