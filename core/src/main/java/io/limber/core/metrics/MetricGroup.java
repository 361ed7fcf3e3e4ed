package io.limber.core.metrics;

import java.util.Arrays;

/** What a metric is about: the part of its id before the slash. */
public enum MetricGroup {
  LEARNER("learner", false, "The learner actor; each value is at its own step."),
  ENVIRONMENT("environment", true, "Each environment actor, over all the environments it steps."),
  EVALUATION("evaluation", false, "The greedy policy of the last snapshot, in fresh environments."),
  REPLAY("replay", false, "The replay-buffer actor and its samples-per-insert limiter."),
  PLASTICITY("plasticity", false, "The plasticity probe, at the step of the snapshot it measured."),
  HESSIAN(
      "hessian",
      false,
      "The Hessian probe: second derivatives of the loss chosen by limber.hessian.loss over replayed"
          + " transitions, at the step of the snapshot. The spectral density is in probes/."),
  GRADIENT_COVARIANCE(
      "gradient-covariance",
      false,
      "The gradient-covariance probe: cosines of the gradients of single replayed transitions' losses,"
          + " at the step of the snapshot. The whole matrix is in probes/."),
  LANDSCAPE(
      "landscape",
      false,
      "The landscape probe: the loss chosen by limber.landscape.loss along a random and the sharpest direction"
          + " from the snapshot, over replayed transitions, at its step. The slices and the grid are in probes/."),
  STATISTICS(
      "statistics",
      false,
      "The statistics probe: norms, ranks and units over replayed transitions, at the step of the"
          + " snapshot. The values per tensor and per layer are in probes/."),
  INTERVENTION(
      "intervention",
      true,
      "The firings of the interventions, as events: one report for each part of the network that a"
          + " firing treated, with the intervention and the part in the source's name."),
  PROBE("probe", true, "The running of the probes, whatever they measure."),
  CHECKPOINT("checkpoint", false, "The making of checkpoints."),
  CLUSTER(
      "cluster",
      true,
      "What runs on other nodes: the placement of the environments as a whole, the inlet of each"
          + " environment's transitions, and the snapshots sent to each node."),
  QUEUE("queue", true, "The bounded queues: of the metrics hub, and one before each metric sink."),
  ALERT("alert", true, "The rules of limber.alerts; the source is the rule's name."),
  PROCESS("process", false, "The Java process.");

  private final String id;
  private final boolean perSource;
  private final String about;

  MetricGroup(String id, boolean perSource, String about) {
    this.id = id;
    this.perSource = perSource;
    this.about = about;
  }

  /** The part of a metric's id before the slash. */
  public String id() {
    return id;
  }

  /** Whether several sources may report it in one run, so that a name needs the source as well. */
  public boolean perSource() {
    return perSource;
  }

  /** Who reports it, in a sentence for people. */
  public String about() {
    return about;
  }

  static MetricGroup ofMetric(String metricId) {
    String prefix = metricId.substring(0, metricId.indexOf('/'));
    return Arrays.stream(values()).filter(g -> g.id.equals(prefix)).findAny().orElseThrow();
  }
}
