package io.limber.benchmarks.numerics;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.numerics.curvature.GramProgram;
import io.limber.numerics.curvature.HessianProgram;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds of a gradient, of a Hessian-vector product and of the inner products of 256 single
 * gradients, of the curvature loss on images of 28x28: interleaved, with all copies to and from
 * Java's arrays. Asked: a product in 2.0 gradients, the inner products of the MLP in 2.0 gradients,
 * of the CNN in 100 ms. {@code benchmarks/run curvature [REPETITIONS]}, 100 if absent.
 */
public final class CurvatureBenchmark {

  private final Map<String, Rounds> figures = new LinkedHashMap<>();
  private final int repetitions;

  private CurvatureBenchmark(int repetitions) {
    this.repetitions = repetitions;
  }

  /**
   * @param arguments repetitions, 100 if absent
   */
  public static void main(String[] arguments) throws IOException {
    var benchmark =
        new CurvatureBenchmark(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100);
    for (String kind : List.of("mlp", "cnn")) {
      for (int rows : new int[] {256, 1024}) {
        benchmark.products(kind, rows);
      }
      benchmark.gram(kind, 256);
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("curvature", results);
  }

  private void gram(String kind, int examples) throws IOException {
    var setup = new CurvatureSetup(kind, examples);
    try (HessianProgram hessian = setup.hessian();
        GramProgram gram = setup.gramProgram()) {
      compare(
          name("gradient-inner-products", kind, examples),
          hessian::gradient,
          () -> setup.gram(gram));
    }
  }

  private void products(String kind, int rows) throws IOException {
    var setup = new CurvatureSetup(kind, rows);
    try (HessianProgram hessian = setup.hessian()) {
      double[] v = setup.direction();
      double[] into = new double[v.length];
      compare(
          name("hessian-vector-product", kind, rows),
          hessian::gradient,
          () -> hessian.apply(v, into));
    }
  }

  private static String name(String what, String kind, int rows) {
    return what + "/" + kind + "-batch-" + rows;
  }

  private void compare(String name, Runnable gradient, Runnable other) {
    var gradients = new Rounds();
    var others = new Rounds();
    for (int i = -repetitions / 5; i < repetitions; i++) {
      double first = milliseconds(gradient);
      double second = milliseconds(other);
      if (i >= 0) { // what came before warmed up
        gradients.add(first);
        others.add(second);
      }
    }
    figures.put(name + "/gradient-milliseconds", gradients);
    figures.put(name + "/milliseconds", others);
    figures.put(name + "/gradients", others.over(gradients));
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
