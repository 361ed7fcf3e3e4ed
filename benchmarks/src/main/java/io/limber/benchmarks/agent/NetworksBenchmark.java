package io.limber.benchmarks.agent;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many updates per second does each network of the paper make, in how much memory, and how much
 * of that is TensorFlow's own? MLP and CNN on 28x28x1 bytes, ResNet-18 and the vision transformer
 * on 32x32x3, DQN with Adam; a learner's update beside a bare call of the same function with
 * tensors that stay.
 *
 * <p>Each figure comes from a process of its own, because memory peaks once. {@code benchmarks/run
 * networks [ROUNDS]}, about six minutes a round on two cores.
 */
public final class NetworksBenchmark {

  private static final List<String> NETWORKS = List.of("mlp", "cnn", "resnet18", "vit");

  private final Map<String, Rounds> figures = new LinkedHashMap<>();

  private NetworksBenchmark() {}

  /**
   * @param arguments rounds, 1 if absent
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
    NetworksBenchmark benchmark = new NetworksBenchmark();
    for (int round = 1; round <= rounds; round++) {
      for (String network : NETWORKS) {
        for (int batchSize : new int[] {32, 256}) {
          System.err.println("networks: round " + round + ", " + network + ", " + batchSize);
          benchmark.measure(network, batchSize);
        }
      }
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("networks", results);
  }

  private void measure(String network, int batchSize) throws IOException, InterruptedException {
    String name = network + "-batch-" + batchSize;
    double[] learner = process("learner", network, batchSize);
    double[] bare = process("bare", network, batchSize);
    add(name + "/updates-per-second", learner[0]);
    add(name + "/bare-updates-per-second", bare[0]);
    add(name + "/ratio", learner[0] / bare[0]);
    add(name + "/peak-resident-mib", learner[1]);
    add(name + "/bare-peak-resident-mib", bare[1]);
  }

  /** Updates per second and peak resident memory in MiB. */
  private static double[] process(String kind, String network, int batchSize)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NetworkRate.class.getName(),
                kind,
                network,
                Integer.toString(batchSize))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(kind + " " + network + " failed: " + output);
    }
    String[] words = output.strip().split("\\s+");
    return new double[] {
      Double.parseDouble(words[words.length - 2]), Double.parseDouble(words[words.length - 1])
    };
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }
}
