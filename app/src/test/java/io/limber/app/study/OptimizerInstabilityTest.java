package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.study.Verdict.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerInstabilityTest {

  /** Two label sets of 400 updates; accuracies over the second half of the last count. */
  @Test
  void verdicts_areOfWhatIsReachedOnTheLastLabels() {
    DataTable.Builder accuracy =
        new DataTable.Builder("accuracy", "optimizer", "seed", "step", "label-set", "accuracy");
    for (int seed = 1; seed <= 2; seed++) {
      for (int step = 100; step <= 700; step += 100) {
        int set = step / 400 + 1;
        accuracy.row("default Adam", seed, step, set, set == 1 ? 1.0 : 0.1 + seed / 100.0);
        accuracy.row("tuned Adam", seed, step, set, step <= 550 ? 0.1 : 0.9 + seed / 100.0);
      }
    }
    DataTables tables =
        new DataTables(
            List.of(
                accuracy.build(),
                new DataTable.Builder("dead-units", "optimizer", "seed", "step", "dead-fraction")
                    .build()));

    List<Verdict> verdicts = new OptimizerInstability().verdicts(tables);

    assertThat(verdicts)
        .extracting(Verdict::ruling)
        .containsExactly(Ruling.NOT_MEASURED, Ruling.HOLDS, Ruling.HOLDS, Ruling.HOLDS);
    assertThat(verdicts.get(3).effect()).isEqualTo(0.915);
  }
}
