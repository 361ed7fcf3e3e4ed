package io.limber.numerics.statistics;

/** exp of the entropy of a distribution over singular values. */
final class EffectiveRank {

  private EffectiveRank() {}

  /** Of values not negative, in any order; 0 if all are zero. */
  static double of(double[] values) {
    double total = 0;
    for (double value : values) {
      total += value;
    }
    if (total == 0) {
      return 0;
    }
    double entropy = 0;
    for (double value : values) {
      double share = value / total;
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return Math.exp(entropy);
  }
}
