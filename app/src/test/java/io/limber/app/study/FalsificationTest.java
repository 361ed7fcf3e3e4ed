package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.study.Verdict.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

class FalsificationTest {

  @Test
  void verdict_everyStatisticFlipsBeyondItsIntervals_holds() {
    Verdict verdict =
        verdict(
            table()
                .row("dead units", "task", "a", 9, 0.6, 0.2, 0.8)
                .row("dead units", "task", "b", 9, -0.6, -0.8, -0.2));

    assertThat(verdict.ruling()).isEqualTo(Ruling.HOLDS);
    assertThat(verdict.effect()).isZero();
  }

  @Test
  void verdict_aStatisticKeepsItsSignBeyondItsIntervals_doesNotHold() {
    Verdict verdict =
        verdict(
            table()
                .row("dead units", "task", "a", 9, 0.6, 0.2, 0.8)
                .row("dead units", "task", "b", 9, 0.5, 0.1, 0.7)
                .row("weight norm", "task", "a", 9, 0.6, 0.2, 0.8)
                .row("weight norm", "task", "b", 9, -0.6, -0.8, -0.2));

    assertThat(verdict.ruling()).isEqualTo(Ruling.DOES_NOT_HOLD);
    assertThat(verdict.effect()).isEqualTo(1);
  }

  @Test
  void verdict_signsFlipWithinTheirIntervals_leansTowards() {
    Verdict verdict =
        verdict(
            table()
                .row("dead units", "task", "a", 9, 0.1, -0.5, 0.6)
                .row("dead units", "task", "b", 9, -0.2, -0.7, 0.4));

    assertThat(verdict.ruling()).isEqualTo(Ruling.LEANS_TOWARDS);
  }

  @Test
  void verdict_withoutCorrelations_isNotMeasured() {
    assertThat(verdict(table()).ruling()).isEqualTo(Ruling.NOT_MEASURED);
  }

  private static Verdict verdict(DataTable.Builder correlations) {
    DataTable agents = new DataTable.Builder("agents", "seed").row(1).row(2).build();
    return new Falsification()
        .verdicts(new DataTables(List.of(agents, correlations.build())))
        .get(0);
  }

  private static DataTable.Builder table() {
    return new DataTable.Builder(
        "correlations", "statistic", "grouping", "group", "n", "correlation", "low", "high");
  }
}
