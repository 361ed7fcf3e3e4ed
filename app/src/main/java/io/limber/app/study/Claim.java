package io.limber.app.study;

import io.limber.app.study.Verdict.Ruling;
import java.util.Arrays;

/**
 * A claim and the quantity, one number for each seed, that decides it: by where the 95 % confidence
 * interval of its mean lies (Student's t, over seeds). With two seeds that interval is 9 standard
 * deviations wide to either side, so only a large effect decides.
 *
 * @param text as paper.md, section 11, has it
 * @param quantity what is measured, with its unit
 */
public record Claim(String text, String quantity) {

  /**
   * Quantiles 0.975 of Student's t for 1 to 30 degrees of freedom (Abramowitz and Stegun, 26.10).
   */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  /** Holds if the mean lies above {@code bound}. */
  public Verdict above(double bound, double... perSeed) {
    return decide(" (above " + text(bound) + " claimed)", -1, bound, perSeed);
  }

  /** Holds if the mean lies below {@code bound}. */
  public Verdict below(double bound, double... perSeed) {
    return decide(" (below " + text(bound) + " claimed)", 1, bound, perSeed);
  }

  private Verdict decide(String asked, int sign, double bound, double[] perSeed) {
    double[] finite = Arrays.stream(perSeed).filter(Double::isFinite).toArray();
    int n = finite.length;
    if (n == 0) {
      return new Verdict(
          text, Ruling.NOT_MEASURED, quantity + asked, Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double mean = Arrays.stream(finite).average().orElseThrow();
    double spread =
        Math.sqrt(Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum() / (n - 1));
    double interval = n < 2 ? Double.NaN : student(n - 1) * spread / Math.sqrt(n);
    // how far the mean is on the claim's side of the bound
    double margin = sign * (bound - mean);
    return new Verdict(text, ruling(margin, interval), quantity + asked, mean, spread, interval, n);
  }

  private static Ruling ruling(double margin, double interval) {
    if (margin > interval) {
      return Ruling.HOLDS;
    }
    if (margin < -interval) {
      return Ruling.DOES_NOT_HOLD;
    }
    return margin > 0 ? Ruling.LEANS_TOWARDS : Ruling.LEANS_AGAINST;
  }

  private static double student(int freedom) {
    return STUDENT[Math.min(freedom, STUDENT.length) - 1];
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
