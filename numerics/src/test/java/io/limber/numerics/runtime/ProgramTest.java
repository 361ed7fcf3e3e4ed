package io.limber.numerics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ProgramTest {

  private static final ComputeDevice CPU = ComputeDevice.choose("cpu", new CpuThreads(2, 1));

  @TempDir Path folder;

  @Test
  void function_withState_keepsItBetweenCalls() throws IOException {
    exportAccumulator();
    try (Program program = Program.load(folder, CPU)) {
      program.function("reset").call();
      Function add = program.function("add");
      add.call(in -> in.float32("addend", floats(1, 2), 2));
      assertThat(add.call(in -> in.float32("addend", floats(10, 20), 2)).floats("sum"))
          .containsExactly(11, 22);
    }
  }

  @Test
  void programs_sameFolder_haveStatesOfTheirOwn() throws IOException {
    exportAccumulator();
    try (Program one = Program.load(folder, CPU);
        Program other = Program.load(folder, CPU)) {
      one.function("reset").call();
      other.function("reset").call();
      one.function("add").call(in -> in.float32("addend", floats(1, 2), 2));
      assertThat(
              other.function("add").call(in -> in.float32("addend", floats(5, 5), 2)).floats("sum"))
          .containsExactly(5, 5);
    }
  }

  @Test
  void function_unknownName_isRefused() throws IOException {
    exportAccumulator();
    try (Program program = Program.load(folder, CPU)) {
      assertThatThrownBy(() -> program.function("subtract"))
          .hasMessageContaining("no function subtract, only [")
          .hasMessageContaining("add");
    }
  }

  @Test
  void call_missingOrUnknownInput_isRefused() throws IOException {
    exportAccumulator();
    try (Program program = Program.load(folder, CPU)) {
      program.function("reset").call();
      Function add = program.function("add");
      assertThatThrownBy(() -> add.call(in -> in.float32("summand", floats(1, 2), 2)))
          .hasMessage("input addend is missing");
      assertThatThrownBy(
              () ->
                  add.call(in -> in.float32("addend", floats(1, 2), 2).float32("b", floats(1), 1)))
          .hasMessageContaining("the function takes [addend]");
      assertThatThrownBy(() -> add.call(in -> in.float32("addend", floats(1, 2), 2)).floats("x"))
          .hasMessageContaining("no output x");
    }
  }

  @Test
  void load_noProgram_isRefusedWithTheFolder() {
    assertThatThrownBy(() -> Program.load(folder, CPU))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void load_damagedProgram_isRefused() throws IOException {
    Files.writeString(folder.resolve("saved_model.pb"), "this is no graph");
    assertThatThrownBy(() -> Program.load(folder, CPU)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void call_manyTimes_leavesNoNativeHandleBehind() throws IOException {
    exportAccumulator();
    try (Program program = Program.load(folder, CPU)) {
      program.function("reset").call();
      Function add = program.function("add");
      add.call(in -> in.float32("addend", floats(1, 2), 2)); // what is made once is made now
      long before = Pointer.totalCount();
      for (int i = 0; i < 1000; i++) {
        add.call(in -> in.float32("addend", floats(1, 2), 2));
      }
      // pointers whose deallocation waits for the collector would show as thousands
      assertThat(Pointer.totalCount() - before).isLessThan(100);
    }
  }

  private void exportAccumulator() throws IOException {
    try (ProgramBuilder builder = new ProgramBuilder()) {
      Variable sum = builder.variable("sum", Shape.of(2));
      Placeholder<TFloat32> addend = builder.input(TFloat32.class, Shape.of(2));
      var added = builder.tf().math.add(sum.read(builder.tf()), addend);
      builder.function("reset", Map.of(), Map.of(), builder.zero(List.of(sum)));
      builder.function(
          "add",
          Map.of("addend", addend),
          Map.of("sum", added),
          builder.assign(List.of(sum), List.of(added)));
      builder.export(folder);
    }
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.nativeOrder());
    buffer.asFloatBuffer().put(values);
    return buffer;
  }
}
