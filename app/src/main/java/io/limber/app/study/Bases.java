package io.limber.app.study;

import java.util.ArrayList;
import java.util.List;

/** What the studies of DQN agents on block MDPs share at each scale. */
final class Bases {

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
                  "learner.target-update-period=200",
                  "exploration.epsilon-decay-steps=2000"));
      case LAPTOP -> all.addAll(List.of("replay.capacity=50000", "run.report-period=500"));
      case PAPER -> all.add("run.report-period=1000");
    }
    return all;
  }

  /** The paper's MLP, or one a fifth as wide. */
  static List<String> mlp(Scale scale) {
    return scale == Scale.QUICK
        ? List.of("network.kind=mlp", "network.hidden-widths=[100, 100]")
        : List.of("network.kind=mlp");
  }

  /** The paper's CNN, or one an eighth as wide. */
  static List<String> cnn(Scale scale) {
    return scale == Scale.QUICK
        ? List.of("network.kind=cnn", "network.cnn.filters=[8, 8]", "network.cnn.dense-widths=[64]")
        : List.of("network.kind=cnn");
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

  /** What the paper leaves open of the agent and the probe. */
  static List<OpenValue> open(Scale scale) {
    List<OpenValue> open = new ArrayList<>();
    open.add(
        new OpenValue(
            "optimiser", "Adam, rate 1e-3, betas 0.9 and 0.999, epsilon 1e-8", "common defaults"));
    open.add(new OpenValue("discount", "0.99", "common default"));
    open.add(new OpenValue("batch size", "32", "as DQN"));
    open.add(
        new OpenValue(
            "target period",
            scale == Scale.QUICK ? "200" : "1,000",
            scale == Scale.QUICK
                ? "the same number of target updates in fewer steps"
                : "section 5.1; A.1 and A.2 say 5,000 and 10,000"));
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
