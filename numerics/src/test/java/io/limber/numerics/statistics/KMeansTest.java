package io.limber.numerics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KMeansTest {

  // around 0: rows 1, 4; around 10: rows 0, 2, 5; around 20: row 3
  private static final double[][] ROWS = {{10, 0}, {0, 0}, {10, 1}, {20, 20}, {0, 1}, {10, 2}};

  @Test
  void cluster_handMadeGroups_areFoundAndNumberedBySize() {
    var clusters = KMeans.cluster(ROWS, 3, 5, new SplittableRandom(1));

    assertThat(IntStream.range(0, 6).map(clusters::of)).containsExactly(0, 1, 0, 2, 1, 0);
    assertThat(clusters.count()).isEqualTo(3);
    assertThat(clusters.size(0)).isEqualTo(3);
    // 1 + 0 + 1 around (10, 1), ¼ + ¼ around (0, ½)
    assertThat(clusters.inertia()).isCloseTo(2.5, within(1e-12));
  }

  @Test
  void displayOrder_isByClusterAndStableWithin() {
    var clusters = KMeans.cluster(ROWS, 3, 5, new SplittableRandom(1));

    assertThat(clusters.displayOrder()).containsExactly(0, 2, 5, 1, 4, 3);
  }

  @Test
  void cluster_equalSizes_firstRowComesFirst() {
    double[][] rows = {{9}, {0}, {0}, {9}};

    for (long seed = 0; seed < 20; seed++) {
      var clusters = KMeans.cluster(rows, 2, 1, new SplittableRandom(seed));

      assertThat(clusters.displayOrder()).containsExactly(0, 3, 1, 2);
    }
  }

  @Test
  void cluster_fewerDistinctRowsThanClusters_givesFewer() {
    double[][] rows = {{1}, {1}, {2}, {1}};

    var clusters = KMeans.cluster(rows, 4, 2, new SplittableRandom(1));

    assertThat(clusters.count()).isEqualTo(2);
    assertThat(clusters.displayOrder()).containsExactly(0, 1, 3, 2);
    assertThat(clusters.inertia()).isZero();
  }

  @Test
  void cluster_sameSeed_givesTheSameClusters() {
    var random = new SplittableRandom(4);
    double[][] rows = new double[60][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.doubles(5).toArray();
    }

    var a = KMeans.cluster(rows, 7, 3, new SplittableRandom(9));
    var b = KMeans.cluster(rows, 7, 3, new SplittableRandom(9));

    assertThat(a.displayOrder()).containsExactly(b.displayOrder());
    assertThat(a.inertia()).isEqualTo(b.inertia());
  }

  @Test
  void cluster_moreRestarts_neverRaiseTheInertia() {
    var random = new SplittableRandom(4);
    double[][] rows = new double[60][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.doubles(5).toArray();
    }

    double one = KMeans.cluster(rows, 7, 1, new SplittableRandom(9)).inertia();
    double ten = KMeans.cluster(rows, 7, 10, new SplittableRandom(9)).inertia();

    assertThat(ten).isLessThan(one);
  }

  @Test
  void cluster_badInput_isRefused() {
    var random = new SplittableRandom(1);

    assertThatThrownBy(() -> KMeans.cluster(ROWS, 7, 1, random))
        .hasMessage("clusters 7 must lie in [1, rows = 6]");
    assertThatThrownBy(() -> KMeans.cluster(ROWS, 2, 0, random)).hasMessageContaining("restarts 0");
    assertThatThrownBy(() -> KMeans.cluster(new double[][] {{1}, {1, 2}}, 1, 1, random))
        .hasMessage("row 1 has 2 numbers, row 0 has 1");
    assertThatThrownBy(() -> KMeans.cluster(new double[][] {{1}, {Double.NaN}}, 1, 1, random))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("row 1");
  }
}
