package io.limber.app.statistics;

import java.util.random.RandomGenerator;

/**
 * Tests whether two independent samples differ in their mean by relabelling them. Exact over all
 * relabellings where there are at most {@code permutations} of them, else over as many random ones,
 * counting the observed labels in, so that the test stays valid.
 *
 * @param permutations relabellings at most, at least 100
 * @see "Phipson and Smyth (2010), Permutation P-values should never be zero, SAGMB 9(1)"
 */
public record PermutationTest(int permutations) {

  /** Exact up to eight values on either side. */
  public static final PermutationTest DEFAULT = new PermutationTest(20_000);

  /** Relative: two sums of the same values in another order are the same difference. */
  private static final double ROUNDING = 1e-12;

  public PermutationTest {
    if (permutations < 100) {
      throw new IllegalArgumentException("permutations " + permutations + " must be at least 100");
    }
  }

  /**
   * The probability, if the labels meant nothing, of a difference {@code mean(greater) −
   * mean(lesser)} at least as large as the observed one. With three against three values it cannot
   * fall below 1/20.
   *
   * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
   */
  public double isGreater(double[] greater, double[] lesser, RandomGenerator random) {
    Summary.checkSample(greater);
    Summary.checkSample(lesser);
    double[] all = new double[greater.length + lesser.length];
    System.arraycopy(greater, 0, all, 0, greater.length);
    System.arraycopy(lesser, 0, all, greater.length, lesser.length);
    // With all values fixed, the difference rises with the sum on one side: compare sums.
    double scale = 0;
    double observed = 0;
    for (int i = 0; i < all.length; i++) {
      scale += Math.abs(all[i]);
      observed += i < greater.length ? all[i] : 0;
    }
    double threshold = observed - ROUNDING * scale;
    return choices(all.length, greater.length) <= permutations
        ? exact(all, greater.length, threshold)
        : sampled(all, greater.length, threshold, random);
  }

  private double exact(double[] all, int chosen, double threshold) {
    return countAtLeast(all, 0, chosen, 0, threshold) / choices(all.length, chosen);
  }

  private static double countAtLeast(
      double[] all, int from, int chosen, double sum, double threshold) {
    if (chosen == 0) {
      return sum >= threshold ? 1 : 0;
    }
    double count = 0;
    for (int i = from; i <= all.length - chosen; i++) {
      count += countAtLeast(all, i + 1, chosen - 1, sum + all[i], threshold);
    }
    return count;
  }

  private double sampled(double[] all, int chosen, double threshold, RandomGenerator random) {
    int atLeast = 1;
    for (int permutation = 0; permutation < permutations; permutation++) {
      double sum = 0;
      for (int i = 0; i < chosen; i++) { // the first steps of a Fisher-Yates shuffle
        int j = i + random.nextInt(all.length - i);
        double drawn = all[j];
        all[j] = all[i];
        all[i] = drawn;
        sum += drawn;
      }
      atLeast += sum >= threshold ? 1 : 0;
    }
    return atLeast / (permutations + 1.0);
  }

  /** Ways to choose, as a double: it may be beyond any integer. */
  private static double choices(int of, int chosen) {
    double ways = 1;
    for (int i = 1; i <= chosen; i++) {
      ways = ways * (of - chosen + i) / i;
    }
    return Math.rint(ways);
  }
}
