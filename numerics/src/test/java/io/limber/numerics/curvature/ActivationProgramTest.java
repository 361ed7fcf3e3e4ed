package io.limber.numerics.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationProgramTest {

  @TempDir Path folder;

  @Test
  void of_convolutional_givesEachNonlinearityAndTheOutputs() {
    Case task = Case.convolutional(ReferenceLoss.PROBE, 3);
    ActivationProgram.export(folder, task.network, task.observations);
    try (ActivationProgram program =
        ActivationProgram.load(folder, Case.device(), task.network, task.observations)) {
      ActivationProgram.Result result = program.of(task.snapshot(), task.batch, 3);

      assertThat(result.hidden())
          .extracting(ActivationProgram.Activations::shape)
          .containsExactly(List.of(3, 2, 3), List.of(2, 1, 2), List.of(5));
      for (int row = 0; row < 3; row++) {
        List<double[]> expected = task.model.forward(task.p, task.x[row]);
        check(result.hidden().get(0), row, expected.get(2));
        check(result.hidden().get(1), row, expected.get(4));
        check(result.hidden().get(2), row, expected.get(6));
        check(result.outputs(), row, expected.get(7));
      }
    }
  }

  private static void check(ActivationProgram.Activations actual, int row, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.values()[row * expected.length + i])
          .isCloseTo(expected[i], within(1e-5));
    }
  }
}
