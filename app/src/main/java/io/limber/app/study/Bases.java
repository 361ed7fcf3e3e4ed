package io.limber.app.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the studies of DQN agents on block MDPs share at each scale. */
final class Bases {

  private static final int QUICK_PERIOD = 200;
  private static final int LAPTOP_PERIOD = 250;

  private Bases() {}

  /**
   * Agent, task and length.
   *
   * @param updates learner updates of a cell
   */
  static List<String> agent(Scale scale, int updates) {
    List<String> all = new ArrayList<>(List.of("run.mode=lockstep", "run.updates=" + updates));
    switch (scale) {
      case QUICK ->
          all.addAll(
              List.of(
                  "data.limit=2000",
                  "checkpoint.period=0", // a cell takes seconds
                  "replay.capacity=10000",
                  "run.report-period=200",
                  "learner.target-update-period=" + QUICK_PERIOD,
                  "exploration.epsilon-decay-steps=2000"));
      case LAPTOP ->
          all.addAll(
              List.of(
                  "checkpoint.period=0", // a cell takes half a minute
                  "replay.capacity=50000",
                  "run.report-period=400",
                  "learner.target-update-period=" + LAPTOP_PERIOD,
                  "exploration.epsilon-decay-steps=4000"));
      case PAPER -> all.add("run.report-period=1000");
    }
    return all;
  }

  /** The paper's MLP, or one a half or a fifth as wide. */
  static List<String> mlp(Scale scale) {
    return switch (scale) {
      case QUICK -> List.of("network.kind=mlp", "network.hidden-widths=[100, 100]");
      case LAPTOP -> List.of("network.kind=mlp", "network.hidden-widths=[256, 256]");
      case PAPER -> List.of("network.kind=mlp");
    };
  }

  /** The paper's CNN, or one with a quarter or an eighth of its filters. */
  static List<String> cnn(Scale scale) {
    return switch (scale) {
      case QUICK -> cnn(8, 64);
      case LAPTOP -> cnn(16, 128);
      case PAPER -> List.of("network.kind=cnn");
    };
  }

  private static List<String> cnn(int filters, int dense) {
    return List.of(
        "network.kind=cnn",
        "network.cnn.filters=[" + filters + ", " + filters + "]",
        "network.cnn.dense-widths=[" + dense + "]");
  }

  /** What all studies of agents leave out at a scale. */
  static Optional<String> narrow(Scale scale) {
    return switch (scale) {
      case QUICK ->
          Optional.of(
              "the paper's widths: the MLP is a fifth as wide, the CNN has an eighth of the filters");
      case LAPTOP ->
          Optional.of(
              "the paper's widths: the MLP is half as wide, the CNN has a quarter of the filters");
      case PAPER -> Optional.empty();
    };
  }

  /**
   * Two-hot values on a support that reaches beyond 1 / (1 - discount) = 100. On a shorter one the
   * values grow past its end, the distributions saturate there, and the network can no longer
   * learn.
   */
  static List<String> twoHot() {
    return List.of(
        "objective.output=categorical",
        "objective.categorical.min=-10",
        "objective.categorical.max=110",
        "objective.categorical.bins=121");
  }

  static OpenValue openSupport() {
    return new OpenValue(
        "support of two-hot",
        "121 values from -10 to 110",
        "values reach 1 / (1 - discount) = 100; a shorter support saturates");
  }

  /**
   * The plasticity probe: the paper's, or a shorter one.
   *
   * @param period learner updates between two measurements
   */
  static List<String> plasticity(Scale scale, int period) {
    List<String> all = new ArrayList<>(List.of("probe.schedule.plasticity=" + period));
    all.addAll(
        switch (scale) {
          case QUICK ->
              List.of("plasticity.targets=2", "plasticity.steps=400", "plasticity.transitions=256");
          case LAPTOP -> List.of("plasticity.targets=4", "plasticity.steps=500");
          case PAPER -> List.of("plasticity.targets=10", "plasticity.steps=2000");
        });
    return all;
  }

  private static OpenValue targetPeriod(Scale scale) {
    String fewer = "the paper's 1,000 would leave too few target updates in so few steps";
    return switch (scale) {
      case QUICK -> new OpenValue("target period", "" + QUICK_PERIOD, fewer);
      case LAPTOP -> new OpenValue("target period", "" + LAPTOP_PERIOD, fewer);
      case PAPER ->
          new OpenValue("target period", "1,000", "section 5.1; A.1 and A.2 say 5,000 and 10,000");
    };
  }

  /** What the paper leaves open of the agent and the probe. */
  static List<OpenValue> open(Scale scale) {
    List<OpenValue> open = new ArrayList<>();
    open.add(
        new OpenValue(
            "optimiser", "Adam, rate 1e-3, betas 0.9 and 0.999, epsilon 1e-8", "common defaults"));
    open.add(new OpenValue("discount", "0.99", "common default"));
    open.add(new OpenValue("batch size", "32", "as DQN"));
    open.add(targetPeriod(scale));
    open.add(new OpenValue("exploration", "epsilon from 1 to 0.05, linearly", "common default"));
    open.add(new OpenValue("updates per environment step", "1", "samples per insert 32"));
    open.add(
        new OpenValue(
            "probe's batch size", "64", "large enough for a smooth curve, small enough for a CPU"));
    open.add(
        new OpenValue("outputs fitted", "all", "random functions have an output for each action"));
    open.add(new OpenValue("optimiser state in a fit", "fresh", "plasticity.optimizer-state"));
    open.add(
        new OpenValue(
            "mode", "lockstep", "the same seed gives the same numbers, bit for bit, on a CPU"));
    return open;
  }
}
