package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.probe.Table;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightHistogramsTest {

  @Test
  void tables_ofTwoTensors_countWhatLiesInEachPart() {
    float[] rising = new float[65]; // 0, 1, …, 64: a part of width 1 for each but the largest
    for (int i = 0; i < rising.length; i++) {
      rising[i] = i;
    }
    FloatBuffer constant = FloatBuffer.wrap(new float[] {9, 0, 0, 0, 9}, 1, 3).slice();

    List<Table> tables =
        WeightHistograms.of(List.of("kernel", "bias"), List.of(FloatBuffer.wrap(rising), constant));

    assertThat(tables.get(0))
        .isEqualTo(
            new Table(
                "weight-range",
                List.of("kernel", "bias"),
                List.of(new double[] {0, 0}, new double[] {64, 0})));
    List<double[]> counts = tables.get(1).rows();
    assertThat(counts).hasSize(WeightHistograms.BUCKETS);
    assertThat(counts.get(0)).containsExactly(1, 3);
    assertThat(counts.get(62)).containsExactly(1, 0);
    assertThat(counts.get(63)).containsExactly(2, 0);
  }
}
