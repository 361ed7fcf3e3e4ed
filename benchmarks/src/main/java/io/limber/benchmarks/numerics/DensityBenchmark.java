package io.limber.benchmarks.numerics;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.linop.KrylovPlan;
import io.limber.numerics.linop.LinearOperator;
import io.limber.numerics.linop.SpectralDensity;
import io.limber.numerics.linop.Workers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long does a spectral density take, against its parts? Asked of it: one draw of order 100 with
 * full re-orthogonalisation takes at most 1.3 times the sum of 100 Hessian-vector products and of
 * the time that its reading of the basis would take at the bandwidth of a plain copy.
 *
 * <p>MLP 784-512-512-10, curvature loss, batches of 256 and 1,024. Every density allocates its own
 * basis. {@code benchmarks/run density [ROUNDS]}, 5 if absent, about 10 seconds each.
 */
public final class DensityBenchmark {

  private static final int ORDER = 100;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();

  private DensityBenchmark() {}

  /**
   * @param arguments rounds, 5 if absent
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    var benchmark = new DensityBenchmark();
    var small = new CurvatureSetup("mlp", 256);
    var large = new CurvatureSetup("mlp", 1024);
    try (HessianProgram smallHessian = small.hessian();
        HessianProgram largeHessian = large.hessian();
        Workers workers = Workers.of(small.threads())) {
      new DensityBenchmark().round(small, smallHessian, 256, workers); // warms up
      for (int round = 1; round <= rounds; round++) {
        System.err.println("density: round " + round + " of " + rounds);
        benchmark.round(small, smallHessian, 256, workers);
        benchmark.round(large, largeHessian, 1024, workers);
      }
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("density", results);
  }

  private void round(CurvatureSetup setup, HessianProgram hessian, int rows, Workers workers) {
    var operator = new CountedProducts(hessian);
    double[] v = setup.direction();
    double[] into = new double[v.length];
    double bandwidth = CopyBandwidth.bytesPerSecond(setup.threads());
    double before = products(operator, v, into);
    operator.count = 0;
    double density =
        seconds(
            () ->
                SpectralDensity.estimate(
                    operator, ORDER, 1, new SeededRandom(1), 1L << 30, workers));
    int taken = operator.count;
    double products = (before + products(operator, v, into)) / 2;
    double traffic = new KrylovPlan(operator.size(), ORDER).trafficBytes();
    String name = "batch-" + rows;
    add("copy-gigabytes-per-second", bandwidth / 1e9);
    add(name + "/traffic-gigabytes", traffic / 1e9);
    add(name + "/products-taken", taken);
    add(name + "/hundred-products-seconds", products);
    add(name + "/density-seconds", density);
    add(name + "/ratio", density / (products + traffic / bandwidth));
  }

  /** Of a hundred products, of which half are measured before the density and half after. */
  private static double products(LinearOperator operator, double[] v, double[] into) {
    return 2
        * seconds(
            () -> {
              for (int i = 0; i < ORDER / 2; i++) {
                operator.apply(v, into);
              }
            });
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }

  private static final class CountedProducts implements LinearOperator {
    private final HessianProgram hessian;
    private int count;

    CountedProducts(HessianProgram hessian) {
      this.hessian = hessian;
    }

    @Override
    public int size() {
      return hessian.size();
    }

    @Override
    public void apply(double[] v, double[] into) {
      count++;
      hessian.apply(v, into);
    }
  }
}
