package io.limber.benchmarks.numerics;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.config.Section;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.curvature.GramProgram;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.curvature.OutputLoss;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.NetworkSettings;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds of a gradient, of a Hessian-vector product and of the inner products of 256 single
 * gradients, of the curvature loss on images of 28x28: interleaved in one run, with all copies to
 * and from Java's arrays. {@code benchmarks/run curvature [REPETITIONS]}.
 */
public final class CurvatureBenchmark {

  private static final int OUTPUTS = 10;

  /** One thread per operation on two cores, as the shipped defaults there. */
  private static final CpuThreads THREADS = new CpuThreads(2, 1);

  private static final Observations IMAGES =
      new Observations(
          new ObservationSpace(List.of(28, 28, 1), ObservationSpace.ElementType.UINT8));

  private final ComputeDevice device = ComputeDevice.choose("cpu", THREADS);
  private final SeededRandom random = new SeededRandom(1);
  private final int repetitions;

  private CurvatureBenchmark(int repetitions) {
    this.repetitions = repetitions;
  }

  /** Takes the number of repetitions, 100 by default. */
  public static void main(String[] arguments) throws IOException {
    CurvatureBenchmark benchmark =
        new CurvatureBenchmark(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100);
    for (String kind : List.of("mlp", "cnn")) {
      for (int rows : new int[] {256, 1024}) {
        benchmark.products(kind, rows);
      }
      benchmark.gram(kind, 256);
    }
  }

  private void gram(String kind, int examples) throws IOException {
    Network network = network(kind);
    OutputLoss loss = OutputLoss.ownOutputs();
    Path gradientFolder = Files.createTempDirectory("curvature");
    Path gramFolder = Files.createTempDirectory("gram");
    HessianProgram.export(gradientFolder, network, IMAGES, loss);
    GramProgram.export(gramFolder, network, IMAGES, loss);
    try (HessianProgram gradient =
            HessianProgram.load(gradientFolder, device, network, IMAGES, loss, examples);
        GramProgram gram = GramProgram.load(gramFolder, device, network, IMAGES, loss)) {
      ParameterSnapshot start = start(network);
      ByteBuffer images = images(examples);
      float[] noise = OutputLoss.noise(examples, OUTPUTS, random);
      gradient.prepare(start, images, examples, noise);
      compare(
          "gradient-inner-products",
          kind,
          examples,
          gradient::gradient,
          () -> gram.gram(start, images, examples, noise));
    }
  }

  private void products(String kind, int rows) throws IOException {
    Network network = network(kind);
    Path folder = Files.createTempDirectory("curvature");
    OutputLoss loss = OutputLoss.ownOutputs();
    HessianProgram.export(folder, network, IMAGES, loss);
    try (HessianProgram program =
        HessianProgram.load(folder, device, network, IMAGES, loss, rows)) {
      program.prepare(start(network), images(rows), rows, OutputLoss.noise(rows, OUTPUTS, random));
      double[] v = new double[network.layout().size()];
      Arrays.setAll(v, i -> random.nextGaussian());
      double[] into = new double[v.length];
      compare(
          "hessian-vector-product", kind, rows, program::gradient, () -> program.apply(v, into));
    }
  }

  private void compare(String what, String kind, int rows, Runnable gradient, Runnable other) {
    double[] gradients = new double[repetitions];
    double[] others = new double[repetitions];
    for (int i = -repetitions / 5; i < repetitions; i++) {
      gradients[Math.max(i, 0)] = milliseconds(gradient);
      others[Math.max(i, 0)] = milliseconds(other);
    }
    print(what, kind, rows, gradients, others);
  }

  private static void print(
      String what, String kind, int rows, double[] gradients, double[] others) {
    Arrays.sort(gradients);
    Arrays.sort(others);
    int middle = gradients.length / 2;
    System.out.printf(
        "{\"measure\": \"%s\", \"network\": \"%s\", \"rows\": %d, \"gradient_ms_best\": %.3f,"
            + " \"gradient_ms_median\": %.3f, \"ms_best\": %.3f, \"ms_median\": %.3f,"
            + " \"gradients_best\": %.2f, \"gradients_median\": %.2f}%n",
        what,
        kind,
        rows,
        gradients[0],
        gradients[middle],
        others[0],
        others[middle],
        others[0] / gradients[0],
        others[middle] / gradients[middle]);
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static Network network(String kind) {
    Config limber =
        ConfigFactory.parseMap(Map.of("limber.network.kind", kind))
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve();
    return Networks.of(NetworkSettings.from(Section.of(limber, "limber")), IMAGES.space(), OUTPUTS);
  }

  private ParameterSnapshot start(Network network) {
    return ParameterSnapshot.owning(0, network.layout(), network.initialise(random));
  }

  private ByteBuffer images(int rows) {
    ByteBuffer images =
        ByteBuffer.allocateDirect(rows * IMAGES.space().bytes()).order(ByteOrder.nativeOrder());
    while (images.hasRemaining()) {
      images.put((byte) random.nextInt(256));
    }
    return images.clear().order(ByteOrder.nativeOrder());
  }
}
