package io.limber.numerics.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** One kernel [1, 2] and one bias [1] under given gradients. */
class OptimizerTest {

  private static final ComputeDevice CPU = ComputeDevice.choose("cpu", new CpuThreads(2, 1));
  private static final String ADAMW =
      "kind = adamw, learning-rate = 0.1, adam.beta2 = 0.99, adamw.weight-decay = 0.05";

  @TempDir Path folder;

  /** Six steps of the same gradients by PyTorch 2 in double precision; its L2 is λ/2 Σ w². */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ADAMW + " | 1.1746316136619486,-2.096032480233504,0.3617686392385709",
        ADAMW
            + ", schedule { kind = cosine, decay-steps = 8, final-share = 0.2 }"
            + " | 1.1894064616371554,-2.1018348308433,0.3695085242514708",
        "kind = adam, learning-rate = 0.1, adam.beta2 = 0.99, weight-decay = 0.05"
            + " | 1.1611367221533333,-2.0242590006053476,0.3617686392385709",
        "kind = sgd, learning-rate = 0.1, sgd.momentum = 0.9, weight-decay = 0.05,"
            + " schedule.warm-up-steps = 4 | 1.0795804292862012,-1.819617908459809,0.4612403"
      })
  void step_againstPyTorch_movesEqually(String optimizer, String expected) {
    export(optimizer);
    try (Program program = Program.load(folder, CPU)) {
      start(program);
      steps(program, 0, 6);
      float[] actual = state(program, "parameters");
      String[] values = expected.split(",");
      for (int i = 0; i < values.length; i++) {
        // six float32 steps of size 0.1 on values of size 1
        assertThat((double) actual[i]).isCloseTo(Double.parseDouble(values[i]), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = adam, schedule { kind = linear, decay-steps = 9 }",
        ADAMW + ", schedule.warm-up-steps = 8",
        "kind = rmsprop, rmsprop { momentum = 0.9, centred = true }, schedule.kind = cosine",
        "kind = sgd, sgd.momentum = 0.9, weight-decay = 0.1, schedule.warm-up-steps = 8"
      })
  void slots_writtenIntoAnotherSession_goOnWithTheSameNumbers(String optimizer) {
    export(optimizer);
    try (Program one = Program.load(folder, CPU);
        Program other = Program.load(folder, CPU)) {
      start(one);
      steps(one, 0, 5);
      start(other);
      steps(other, 7, 2); // whatever it did before
      write(other, state(one, "parameters"), state(one, "slots"));
      steps(one, 5, 5);
      steps(other, 5, 5);

      assertThat(state(other, "parameters")).isEqualTo(state(one, "parameters"));
      assertThat(state(other, "slots")).isEqualTo(state(one, "slots"));
    }
  }

  @Test
  void reset_afterSteps_startsMomentsAndScheduleAnew() {
    export("kind = adam, schedule { kind = cosine, warm-up-steps = 3, decay-steps = 4 }");
    try (Program program = Program.load(folder, CPU)) {
      start(program);
      steps(program, 0, 5);
      float[] first = state(program, "parameters");
      start(program);
      steps(program, 0, 5);

      assertThat(state(program, "parameters")).isEqualTo(first);
    }
  }

  @Test
  void schedule_decayOver_staysAtTheFinalShare() {
    export("kind = sgd, learning-rate = 1, schedule { kind = linear, decay-steps = 2 }");
    try (Program program = Program.load(folder, CPU)) {
      start(program);
      steps(program, 0, 2);
      float[] atTheEnd = state(program, "parameters");
      steps(program, 2, 3);

      assertThat(state(program, "parameters")).isEqualTo(atTheEnd);
      assertThat(state(program, "slots")).containsExactly(5, 1);
    }
  }

  private void export(String optimizer) {
    OptimizerSettings settings = SmallTask.settings("optimizer { " + optimizer + " }").optimizer();
    try (ProgramBuilder program = new ProgramBuilder()) {
      Variable kernel = program.variable("kernel", Shape.of(1, 2));
      Variable bias = program.variable("bias", Shape.of(1));
      List<Variable> parameters = List.of(kernel, bias);
      Optimizer rule = Optimizers.bind(settings, program, parameters);
      exchange(program, "parameters", parameters);
      exchange(program, "slots", rule.slots());
      program.function("reset", Map.of(), Map.of(), rule.reset());
      Placeholder<TFloat32> byKernel = program.input(TFloat32.class, Shape.of(1, 2));
      Placeholder<TFloat32> byBias = program.input(TFloat32.class, Shape.of(1));
      program.function(
          "step",
          Map.of("kernel", byKernel, "bias", byBias),
          Map.of(),
          rule.step(program.tf(), List.of(byKernel, byBias)));
      program.export(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Functions that read and write all {@code variables} as one vector. */
  private static void exchange(ProgramBuilder program, String name, List<Variable> variables) {
    Ops tf = program.tf();
    List<Operand<TFloat32>> flat = new ArrayList<>();
    List<Operand<TFloat32>> parts = new ArrayList<>();
    int size = variables.stream().mapToInt(v -> (int) v.shape().size()).sum();
    Placeholder<TFloat32> given = program.input(TFloat32.class, Shape.of(size));
    int from = 0;
    for (Variable v : variables) {
      int count = (int) v.shape().size();
      flat.add(tf.reshape(v.read(tf), tf.constant(new int[] {-1})));
      Operand<TFloat32> part =
          tf.slice(given, tf.constant(new int[] {from}), tf.constant(new int[] {count}));
      parts.add(tf.reshape(part, tf.constant(v.shape().asArray())));
      from += count;
    }
    Operand<TFloat32> joined = flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(0));
    program.function("read-" + name, Map.of(), Map.of("values", joined), List.of());
    List<Op> assigned = program.assign(variables, parts);
    program.function("write-" + name, Map.of("values", given), Map.of(), assigned);
  }

  private static void start(Program program) {
    program.function("reset").call();
    write(program, "parameters", 1.5f, -2f, 0.5f);
  }

  private static void write(Program program, float[] parameters, float[] slots) {
    write(program, "parameters", parameters);
    write(program, "slots", slots);
  }

  private static void write(Program program, String name, float... values) {
    program
        .function("write-" + name)
        .call(in -> in.float32("values", floats(values), values.length));
  }

  private static float[] state(Program program, String name) {
    return program.function("read-" + name).call().floats("values");
  }

  /** Steps t with the gradients (sin(t + 1), cos(2t)) of the kernel and ±0.3 of the bias. */
  private static void steps(Program program, int from, int count) {
    Function step = program.function("step");
    for (int t = from; t < from + count; t++) {
      ByteBuffer kernel = floats((float) Math.sin(t + 1), (float) Math.cos(2 * t));
      ByteBuffer bias = floats(t % 2 == 0 ? 0.3f : -0.3f);
      step.call(in -> in.float32("kernel", kernel, 1, 2).float32("bias", bias, 1));
    }
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.nativeOrder());
    buffer.asFloatBuffer().put(values);
    return buffer;
  }
}
