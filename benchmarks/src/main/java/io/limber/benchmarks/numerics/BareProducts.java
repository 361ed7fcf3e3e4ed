package io.limber.benchmarks.numerics;

import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What the cores give at best: chains of products [512, 784] x [784, 512], the first of the MLP
 * that is fitted, as many chains side by side as operations run at the same time.
 */
final class BareProducts implements AutoCloseable {

  private static final int ROWS = 512;
  private static final int INNER = 784;
  private static final int COLUMNS = 512;
  private static final int PER_CHAIN = 100;

  private final int chains;
  private final Program program;
  private final Function products;

  BareProducts(ComputeDevice device) throws IOException {
    chains = device.slices();
    Path folder = Files.createTempDirectory("products");
    try (ProgramBuilder builder = new ProgramBuilder()) {
      List<Op> fills = new ArrayList<>();
      List<Operand<TFloat32>> results = new ArrayList<>();
      for (int chain = 0; chain < chains; chain++) {
        results.add(chain(builder, chain, fills));
      }
      builder.function("fill", Map.of(), Map.of(), fills);
      builder.function(
          "products", Map.of(), Map.of("sum", builder.tf().math.addN(results)), List.of());
      builder.export(folder);
    }
    program = Program.load(folder, device);
    program.function("fill").call();
    products = program.function("products");
  }

  /** One element of each product is used, or TensorFlow would leave the product out. */
  private static Operand<TFloat32> chain(ProgramBuilder builder, int chain, List<Op> fills) {
    Ops tf = builder.tf();
    Variable left = builder.variable("left-" + chain, Shape.of(ROWS, INNER));
    Variable right = builder.variable("right-" + chain, Shape.of(INNER, COLUMNS));
    for (Variable v : List.of(left, right)) {
      var numbers =
          tf.random.statelessRandomUniform(
              tf.constant(v.shape().asArray()), tf.constant(new long[] {1, chain}), TFloat32.class);
      fills.addAll(builder.assign(List.of(v), List.of(numbers)));
    }
    List<Operand<TFloat32>> corners = new ArrayList<>();
    Ops next = tf;
    for (int i = 0; i < PER_CHAIN; i++) {
      Operand<TFloat32> product = next.linalg.matMul(left.read(tf), right.read(tf));
      corners.add(tf.slice(product, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1})));
      next = tf.withControlDependencies(List.of(product));
    }
    return tf.math.addN(corners);
  }

  /** Billions of floating-point operations per second over at least a second. */
  double gflops() {
    double each = 2e-9 * ROWS * INNER * COLUMNS * PER_CHAIN * chains;
    products.call();
    long start = System.nanoTime();
    int calls = 0;
    double seconds = 0;
    while (seconds < 1) {
      products.call();
      calls++;
      seconds = (System.nanoTime() - start) / 1e9;
    }
    return calls * each / seconds;
  }

  @Override
  public void close() {
    program.close();
  }
}
