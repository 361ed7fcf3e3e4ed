package io.limber.numerics.objective;

import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Runs a part of a graph on matrices [rows, width]. */
final class ObjectiveGraph {

  private ObjectiveGraph() {}

  /**
   * @param part of inputs in the order of {@code matrices}
   * @return its values, row by row
   */
  static float[] run(
      Path folder,
      BiFunction<Ops, List<Operand<TFloat32>>, Operand<TFloat32>> part,
      double[][]... matrices) {
    Map<String, Operand<?>> named = new LinkedHashMap<>();
    try (ProgramBuilder program = new ProgramBuilder()) {
      List<Operand<TFloat32>> inputs =
          Arrays.stream(matrices)
              .<Operand<TFloat32>>map(
                  m -> {
                    var input = program.input(TFloat32.class, Shape.of(m.length, m[0].length));
                    named.put("input-" + named.size(), input);
                    return input;
                  })
              .toList();
      program.function(
          "part", named, Map.of("values", part.apply(program.tf(), inputs)), List.of());
      program.export(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ComputeDevice cpu = ComputeDevice.choose("cpu", new CpuThreads(2, 1));
    try (Program program = Program.load(folder, cpu)) {
      return program.function("part").call(in -> feed(in, matrices)).floats("values");
    }
  }

  private static void feed(Function.Inputs in, double[][][] matrices) {
    for (int i = 0; i < matrices.length; i++) {
      int rows = matrices[i].length;
      int width = matrices[i][0].length;
      ByteBuffer bytes = ByteBuffer.allocateDirect(4 * rows * width).order(ByteOrder.nativeOrder());
      for (double[] row : matrices[i]) {
        for (double value : row) {
          bytes.putFloat((float) value);
        }
      }
      in.float32("input-" + i, bytes.flip(), rows, width);
    }
  }
}
