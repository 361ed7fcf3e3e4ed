package io.limber.benchmarks.agent;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.core.agent.Learner;
import io.limber.core.config.Section;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Measures one network at one batch size and prints updates per second and peak memory in MiB. */
public final class NetworkRate {

  private static final double SECONDS = 8;
  private static final int ACTIONS = 10;

  private NetworkRate() {}

  /** Takes learner or bare, the network and the batch size. */
  public static void main(String[] arguments) throws IOException {
    String network = arguments[1];
    boolean large = network.equals("resnet18") || network.equals("vit");
    ObservationSpace space =
        new ObservationSpace(
            large ? List.of(32, 32, 3) : List.of(28, 28, 1), ObservationSpace.ElementType.UINT8);
    NumericsSettings settings = settings(network, Integer.parseInt(arguments[2]), large ? 1 : 10);
    Path folder = Files.createTempDirectory("limber-networks");
    try (TensorFlowAgentFactory factory =
        new TensorFlowAgentFactory(
            settings, new RandomStreams(1), space, new ActionSpace(ACTIONS), folder)) {
      int updates = settings.learner().updatesPerCall();
      double perSecond =
          updates
              * (arguments[0].equals("learner")
                  ? learner(factory, transitions(space, settings))
                  : bare(folder.resolve("agent"), factory, settings));
      System.out.println(perSecond + " " + peakMebibytes());
    }
  }

  private static NumericsSettings settings(String network, int batchSize, int updatesPerCall) {
    Config changed =
        ConfigFactory.parseMap(
            Map.of(
                "limber.device", "cpu",
                "limber.network.kind", network,
                "limber.learner.batch-size", batchSize,
                "limber.learner.updates-per-call", updatesPerCall));
    Config all = changed.withFallback(ConfigFactory.parseResources("reference.conf")).resolve();
    return NumericsSettings.from(Section.of(all, "limber"));
  }

  private static double learner(TensorFlowAgentFactory factory, Transitions batch) {
    try (Learner learner = factory.createLearner()) {
      return callsPerSecond(() -> learner.update(batch));
    }
  }

  private static double bare(
      Path program, TensorFlowAgentFactory factory, NumericsSettings settings) {
    float[] initial = new float[factory.layout().size()];
    try (Learner learner = factory.createLearner()) {
      learner.snapshot().values().get(initial);
    }
    try (BareUpdate update = new BareUpdate(program, settings.cpu(), initial)) {
      return callsPerSecond(update::call);
    }
  }

  /** At least two calls after the first, which optimises the graph. */
  private static double callsPerSecond(Runnable call) {
    call.run();
    long begin = System.nanoTime();
    int calls = 0;
    double seconds = 0;
    while (calls < 2 || seconds < SECONDS) {
      call.run();
      calls++;
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    return calls / seconds;
  }

  private static Transitions transitions(ObservationSpace space, NumericsSettings settings) {
    int rows = settings.learner().transitionsPerCall();
    SeededRandom random = new SeededRandom(1);
    Transitions batch = new Transitions(new TransitionSpec(space.bytes()), rows);
    for (int i = 0; i < rows * space.bytes(); i++) {
      batch.sTm1().put(i, (byte) random.nextInt(256));
      batch.sT().put(i, (byte) random.nextInt(256));
    }
    for (int row = 0; row < rows; row++) {
      batch.actions().put(row, random.nextInt(ACTIONS));
      batch.rewards().put(row, random.nextInt(2));
      batch.discounts().put(row, 1);
    }
    batch.setSize(rows);
    return batch;
  }

  private static double peakMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
