package io.limber.numerics.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * k-means by Lloyd's iteration from seeded k-means++ centres, for the display order of gradient
 * covariance. Equal rows, seed and settings give equal clusters; ties go to the lower number.
 *
 * @see "Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding; Lloyd
 *     (1982), IEEE Transactions on Information Theory 28(2)"
 */
public final class KMeans {

  private static final int MAX_ITERATIONS = 300;

  private final double[][] rows;
  private final double[][] centres;
  private final int[] assignment;

  private KMeans(double[][] rows, double[][] centres) {
    this.rows = rows;
    this.centres = centres;
    this.assignment = new int[rows.length];
  }

  /**
   * Clusters rows.
   *
   * @param rows [n, d], only read
   * @param clusters k, from 1 to n; fewer come back where fewer rows are distinct
   * @param restarts runs from new centres, at least 1; the one of least inertia is kept
   * @param random of the centres
   * @return clusters numbered by size; cost: restarts × iterations (at most {@value
   *     #MAX_ITERATIONS}) × n × k × d multiplications
   * @throws IllegalArgumentException if k or the restarts are out of range, or rows differ in
   *     length
   * @throws ArithmeticException if a row is not finite; the message names it
   */
  public static Clusters cluster(
      double[][] rows, int clusters, int restarts, RandomGenerator random) {
    check(rows, clusters, restarts);
    KMeans best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int run = 0; run < restarts; run++) {
      var candidate = new KMeans(rows, seededCentres(rows, clusters, random));
      candidate.iterate();
      double inertia = candidate.inertia();
      if (best == null || inertia < least) {
        best = candidate;
        least = inertia;
      }
    }
    return Clusters.bySize(best.assignment, best.centres.length, least);
  }

  private static void check(double[][] rows, int clusters, int restarts) {
    if (clusters < 1 || clusters > rows.length) {
      throw new IllegalArgumentException(
          "clusters " + clusters + " must lie in [1, rows = " + rows.length + "]");
    }
    if (restarts < 1) {
      throw new IllegalArgumentException("restarts " + restarts + " must be at least 1");
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " numbers, row 0 has " + rows[0].length);
      }
      if (!Arrays.stream(rows[i]).allMatch(Double::isFinite)) {
        throw new ArithmeticException("row " + i + " holds a number that is not finite");
      }
    }
  }

  /** Each centre is a row drawn with probability proportional to its squared distance so far. */
  private static double[][] seededCentres(double[][] rows, int clusters, RandomGenerator random) {
    double[][] centres = new double[clusters][];
    double[] nearest = new double[rows.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    centres[0] = rows[random.nextInt(rows.length)].clone();
    for (int c = 1; c < clusters; c++) {
      double total = 0;
      for (int i = 0; i < rows.length; i++) {
        nearest[i] = Math.min(nearest[i], squaredDistance(rows[i], centres[c - 1]));
        total += nearest[i];
      }
      if (total == 0) {
        return Arrays.copyOf(centres, c); // every row is a centre already
      }
      centres[c] = rows[draw(nearest, random.nextDouble() * total)].clone();
    }
    return centres;
  }

  private static int draw(double[] weights, double point) {
    double sum = 0;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        sum += weights[i];
        last = i;
        if (sum > point) {
          return i;
        }
      }
    }
    return last; // rounding left the point at the very end
  }

  private void iterate() {
    Arrays.fill(assignment, -1);
    for (int i = 0; i < MAX_ITERATIONS && assign(); i++) {
      moveCentres();
    }
  }

  /** True if a row changed its cluster. */
  private boolean assign() {
    boolean changed = false;
    for (int i = 0; i < rows.length; i++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double distance = squaredDistance(rows[i], centres[c]);
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      changed |= assignment[i] != nearest;
      assignment[i] = nearest;
    }
    return changed;
  }

  /** To the means; a centre without rows stays, so that inertia never rises. */
  private void moveCentres() {
    int[] sizes = new int[centres.length];
    double[][] sums = new double[centres.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      sizes[assignment[i]]++;
      double[] sum = sums[assignment[i]];
      for (int k = 0; k < sum.length; k++) {
        sum[k] += rows[i][k];
      }
    }
    for (int c = 0; c < centres.length; c++) {
      int size = sizes[c];
      if (size > 0) {
        centres[c] = Arrays.stream(sums[c]).map(s -> s / size).toArray();
      }
    }
  }

  private double inertia() {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += squaredDistance(rows[i], centres[assignment[i]]);
    }
    return sum;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }

  /**
   * Which row is in which cluster. Cluster 0 is the largest; of equal sizes the one with the first
   * row comes first. Immutable.
   */
  public static final class Clusters {

    private final int[] assignment;
    private final int[] sizes;
    private final double inertia;

    private Clusters(int[] assignment, int[] sizes, double inertia) {
      this.assignment = assignment;
      this.sizes = sizes;
      this.inertia = inertia;
    }

    private static Clusters bySize(int[] labels, int count, double inertia) {
      int[] size = new int[count];
      int[] first = new int[count];
      for (int i = labels.length - 1; i >= 0; i--) {
        size[labels[i]]++;
        first[labels[i]] = i;
      }
      int[] ranked =
          IntStream.range(0, count)
              .filter(c -> size[c] > 0)
              .boxed()
              .sorted(Comparator.<Integer>comparingInt(c -> -size[c]).thenComparing(c -> first[c]))
              .mapToInt(c -> c)
              .toArray();
      int[] rank = new int[count];
      for (int r = 0; r < ranked.length; r++) {
        rank[ranked[r]] = r;
      }
      return new Clusters(
          Arrays.stream(labels).map(label -> rank[label]).toArray(),
          Arrays.stream(ranked).map(c -> size[c]).toArray(),
          inertia);
    }

    /** Clusters that hold a row. */
    public int count() {
      return sizes.length;
    }

    /** Rows in cluster c. */
    public int size(int c) {
      return sizes[c];
    }

    /** Cluster of row i. */
    public int of(int row) {
      return assignment[row];
    }

    /** Sum of squared distances to the clusters' centres. */
    public double inertia() {
      return inertia;
    }

    /**
     * Row numbers cluster by cluster, within a cluster as they came: for {@link
     * GramMatrix#reordered}.
     */
    public int[] displayOrder() {
      return IntStream.range(0, assignment.length)
          .boxed()
          .sorted(Comparator.comparingInt(i -> assignment[i]))
          .mapToInt(i -> i)
          .toArray();
    }
  }
}
