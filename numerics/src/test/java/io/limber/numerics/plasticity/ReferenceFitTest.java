package io.limber.numerics.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.reference.ReferenceCase;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit of the plasticity probe against an independent program in double precision. */
class ReferenceFitTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void fit_wholeBatchByAdam_hasTheReferencesLosses(String name) throws IOException {
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
  private float[] losses(ReferenceCase reference) throws IOException {
    int steps = (int) reference.value("adam.steps");
    int rows = ReferenceCase.ROWS;
    FitProgram.export(
        folder, reference.network(), reference.observations(), adam(reference), steps, rows);
    ByteBuffer x = repeated(reference.transitions().sTm1(), steps);
    ByteBuffer y = repeated(bytes(reference.targets("probe")), steps);
    int width = reference.targets("probe").length / rows;
    try (Program program = Program.load(folder, ReferenceCase.device())) {
      ByteBuffer start = new FlatParameters(reference.network().layout()).of(reference.snapshot());
      program
          .function("initialize")
          .call(in -> in.float32("parameters", start, reference.network().layout().size()));
      Function fit = program.function("fit");
      return fit.call(
              in -> {
                reference.observations().feed(in, "observations", x, steps * rows);
                in.float32("targets", y, steps * rows, width);
              })
          .floats("loss");
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

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer repeated(ByteBuffer values, int times) {
    int size = values.limit();
    ByteBuffer all = ByteBuffer.allocateDirect(size * times).order(ByteOrder.nativeOrder());
    for (int i = 0; i < times; i++) {
      all.put(values.slice(0, size));
    }
    return all.flip();
  }
}
