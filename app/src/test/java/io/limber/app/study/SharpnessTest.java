package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.study.Verdict.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharpnessTest {

  @Test
  void verdict_ofSharpnessThatGrowsWithoutNormOnly_holds() {
    DataTable.Builder sharpness =
        new DataTable.Builder(
            "sharpness", "task", "norm", "seed", "step", "eigenvalue", "residual");
    for (int seed = 1; seed <= 3; seed++) {
      for (int step = 0; step <= 3; step++) {
        sharpness.row("easy", "none", seed, step, Math.pow(10, step) * (1 + 0.01 * seed), 0);
        sharpness.row("easy", "layer-norm", seed, step, 5.0, 0);
      }
    }
    DataTables tables = new DataTables(List.of(sharpness.build()));

    List<Verdict> verdicts = new Sharpness().verdicts(tables);

    // growth of log10: the mean of 2 and 3 without, 0 with
    assertThat(verdicts.get(0).effect()).isEqualTo(2.5);
    assertThat(verdicts).extracting(Verdict::ruling).containsOnly(Ruling.HOLDS);
  }
}
