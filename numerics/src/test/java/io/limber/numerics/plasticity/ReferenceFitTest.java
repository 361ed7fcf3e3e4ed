package io.limber.numerics.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.reference.ReferenceCase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit of the plasticity probe against an independent program in double precision. */
class ReferenceFitTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void fit_wholeBatchByAdam_hasTheReferencesLosses(String name) {
    ReferenceCase reference = ReferenceCase.of(name);

    float[] losses = losses(reference);

    double[] expected = reference.numbers("adam.losses");
    assertThat(losses).hasSameSizeAs(expected);
    for (int i = 0; i < losses.length; i++) {
      // Adam divides by the gradient's size, and so carries the error of the smallest of them
      assertThat((double) losses[i]).isCloseTo(expected[i], within(1e-5 * expected[i]));
    }
  }

  /** Before each of ten steps. */
  private float[] losses(ReferenceCase reference) {
    int steps = (int) reference.value("adam.steps");
    int rows = ReferenceCase.ROWS;
    FitShape shape = new FitShape(1, rows, steps, rows);
    FitProgram.export(
        folder, reference.network(), reference.observations(), adam(reference), shape);
    try (FitProgram program =
        FitProgram.load(
            folder, ReferenceCase.device(), reference.network(), reference.observations(), shape)) {
      program.observe(reference.transitions().sTm1());
      program.start(0, program.parameters().of(reference.snapshot()), reference.targets("probe"));
      AtomicInteger next = new AtomicInteger();
      return program.step(List.of(count -> next.getAndIncrement() % count))[0];
    }
  }

  private static OptimizerSettings adam(ReferenceCase reference) {
    return reference
        .settings(
            String.format(
                "optimizer { kind = adam, learning-rate = %s, adam { beta1 = %s, beta2 = %s,"
                    + " epsilon = %s } }",
                reference.value("adam.learning-rate"),
                reference.value("adam.beta1"),
                reference.value("adam.beta2"),
                reference.value("adam.epsilon")))
        .optimizer();
  }
}
