package io.limber.benchmarks.numerics;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ObservationSpace;
import io.limber.core.probe.Probe;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.plasticity.PlasticityProbe;
import io.limber.numerics.plasticity.PlasticitySettings;
import io.limber.numerics.runtime.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * How long does a whole plasticity probe take (10 targets, batches of 512 out of 2,048
 * observations, Adam), with its targets fitted side by side and one after another, and which part
 * of the speed of bare matrix products does it reach? Asked: side by side at least as fast.
 *
 * <p>Counted are the products of the optimiser steps only: 2 · batch · positions · inputs · outputs
 * for each dense or convolution layer, three times (forward, weights' gradient, inputs' gradient),
 * for the first layer twice. {@code benchmarks/run plasticity [ROUNDS [STEPS [NETWORK...]]]}: 3
 * rounds of 200 steps of mlp and cnn if absent, about a minute per round for the one and five for
 * the other; the paper's probe has 2,000 steps.
 */
public final class PlasticityBenchmark {

  private static final Observations IMAGES =
      new Observations(
          new ObservationSpace(List.of(28, 28, 1), ObservationSpace.ElementType.UINT8));
  private static final int OUTPUTS = 10;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();

  /** Takes rounds, steps and networks. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    List<String> kinds =
        arguments.length > 2
            ? List.of(arguments).subList(2, arguments.length)
            : List.of("mlp", "cnn");
    PlasticityBenchmark benchmark = new PlasticityBenchmark();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("plasticity: round " + round + " of " + rounds);
      for (String kind : kinds) {
        benchmark.round(kind, steps);
      }
    }
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("steps", steps);
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("plasticity", results);
  }

  private void round(String kind, int steps) throws IOException {
    NumericsSettings settings = settings(kind, steps);
    PlasticitySettings probe = settings.plasticity();
    Network network = Networks.of(settings.network(), IMAGES.space(), OUTPUTS);
    ComputeDevice device = ComputeDevice.choose(settings.device(), settings.cpu()).forProbes();
    try (BareProducts products = new BareProducts(device)) {
      double before = products.gflops();
      double single = seconds(settings, network, device, 1);
      double beside = seconds(settings, network, device, device.lanes(probe.targets()));
      double bare = (before + products.gflops()) / 2;
      double gflops =
          1e-9 * probe.targets() * steps * probe.batchSize() * perExample(network) / beside;
      add(kind + "/side-by-side-seconds", beside);
      add(kind + "/one-after-another-seconds", single);
      add(kind + "/side-by-side-gain", single / beside);
      add(kind + "/gflops", gflops);
      add(kind + "/bare-product-gflops", bare);
      add(kind + "/fraction-of-bare-products", gflops / bare);
    }
  }

  private static NumericsSettings settings(String kind, int steps) {
    return Configured.numerics(
        List.of(
            "device=cpu",
            "network.kind=" + kind,
            "plasticity.targets=10",
            "plasticity.steps=" + steps,
            "plasticity.transitions=2048",
            "plasticity.batch-size=512"));
  }

  /** A whole measurement, after the first call of one, in which TensorFlow plans the graph. */
  private static double seconds(
      NumericsSettings settings, Network network, ComputeDevice device, int lanes)
      throws IOException {
    PlasticitySettings probe = settings.plasticity();
    Path folder = Files.createTempDirectory("plasticity");
    PlasticityProbe.export(folder, probe, network, IMAGES, settings.optimizer(), lanes);
    RandomStreams random = new RandomStreams(1);
    AgentSnapshot start =
        AgentSnapshot.of(
            ParameterSnapshot.owning(
                0, network.layout(), network.initialise(random.stream("start"))));
    Transitions seen = images(probe.transitions());
    try (Probe loaded =
        PlasticityProbe.load(folder, device, probe, network, IMAGES, lanes, random)) {
      warmUp(loaded, start, seen);
      long begun = System.nanoTime();
      loaded.measure(start, seen, Probe.Progress.IGNORED);
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  private static void warmUp(Probe probe, AgentSnapshot start, Transitions seen) {
    try {
      probe.measure(
          start,
          seen,
          done -> {
            throw new CancellationException();
          });
    } catch (CancellationException e) {
      return;
    }
    throw new IllegalStateException("the probe went on though it was cancelled");
  }

  private static Transitions images(int count) {
    SeededRandom random = new SeededRandom(2);
    Transitions images = new Transitions(new TransitionSpec(IMAGES.space().bytes()), count);
    for (int i = 0; i < images.sTm1().capacity(); i++) {
      images.sTm1().put(i, (byte) (random.nextInt(5) == 0 ? random.nextInt(256) : 0));
    }
    images.setSize(count);
    return images;
  }

  /** Operations of one optimiser step per example. */
  private static double perExample(Network network) {
    double all = 0;
    boolean first = true;
    for (Network.Stage stage : network.stages()) {
      if (stage.hasParameters()) {
        // a kernel [.., inputs, outputs] is used once per position of the output
        long kernel = network.parameters().get(stage.from()).size();
        long positions = 1;
        for (int i = 0; i < stage.outputShape().size() - 1; i++) {
          positions *= stage.outputShape().get(i);
        }
        all += 2.0 * positions * kernel * (first ? 2 : 3);
        first = false;
      }
    }
    return all;
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }
}
