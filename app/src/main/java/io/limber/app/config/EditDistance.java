package io.limber.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a user meant. */
public final class EditDistance {

  private EditDistance() {}

  /**
   * The candidate nearest to {@code word}, ties to the alphabetically first; empty where even that
   * one has little in common with it (more than half of the longer word's letters differ).
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> between(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(best -> 2 * between(word, best) <= Math.max(word.length(), best.length()));
  }

  /**
   * Insertions, deletions, substitutions and swaps of neighbours that turn {@code a} into {@code
   * b}.
   *
   * @see "Damerau (1964), Communications of the ACM 7(3); here the restricted form"
   */
  static int between(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = cell(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cell(int[][] cost, String a, String b, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
