package io.limber.numerics.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.probe.Table;
import org.junit.jupiter.api.Test;

class ProbeTaskTest {

  @Test
  void of_outputsAndOffset_followsThePapersFormula() {
    ProbeTask task = ProbeTask.of(new float[] {0, 0.25f, -0.125f}, 1e5, 2);
    assertThat(task.targets()[0]).isEqualTo(2f);
    // rounded to float once, at the end
    assertThat((double) task.targets()[1]).isCloseTo(2 + Math.sin(25_000), within(1.2e-7));
    assertThat((double) task.targets()[2]).isCloseTo(2 - Math.sin(12_500), within(1.2e-7));
  }

  @Test
  void baseline_handMadeTargets_isThePopulationVariance() {
    assertThat(new ProbeTask(new float[] {1, 2, 3, 6}).baseline()).isEqualTo(3.5);
  }

  @Test
  void loss_constantAtTheMean_isTheBaseline() {
    ProbeTask task = new ProbeTask(new float[] {1, 2, 3, 6});
    assertThat(task.loss(new float[] {3, 3, 3, 3})).isEqualTo(task.baseline());
    assertThat(task.loss(new float[] {1, 2, 3, 2})).isEqualTo(4);
  }

  @Test
  void result_handMadeLosses_hasTheStatedMeansAndSpread() {
    PlasticityResult result =
        new PlasticityResult(
            new double[] {0.5, 0.7, 0.6},
            new double[] {1, 2, 3},
            new double[] {0.1, 0.2, 0.3},
            new double[][] {{5, 4}, {3, 2}});
    assertThat(result.plasticity()).isCloseTo(0.4, within(1e-15));
    assertThat(result.initialLoss()).isEqualTo(2);
    Table curve = result.learningCurve();
    assertThat(curve.columns()).containsExactly("step", "target-0", "target-1");
    assertThat(curve.rows()).containsExactly(new double[] {0, 5, 3}, new double[] {1, 4, 2});
    assertThat(result.finalLossDeviation()).isCloseTo(0.1, within(1e-15));
  }
}
