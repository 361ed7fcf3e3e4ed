package io.limber.core.metrics;

/** The unit of a metric's values. */
public enum Unit {
  SQUARED_RETURN("squared return"),
  RETURN("return"),
  REWARD_PER_STEP("reward per environment step"),
  SQUARED_TARGET("squared target"),
  LOSS("loss"),
  LOSS_PER_PARAMETER("loss per parameter"),
  LOSS_PER_SQUARED_PARAMETER("loss per squared parameter"),
  PARAMETER("parameter"),
  COSINE("cosine"),
  RATIO("ratio"),
  DIMENSIONS("dimensions"),
  UNITS("units"),
  EXAMPLES("examples"),
  POINTS("points"),
  UPDATES("learner updates"),
  UPDATES_PER_SECOND("learner updates per second"),
  TARGET_UPDATES("target updates"),
  STEPS("environment steps"),
  STEPS_PER_SECOND("environment steps per second"),
  EPISODES("episodes"),
  PROBABILITY("probability"),
  TRANSITIONS("transitions"),
  SAMPLES("samples"),
  SAMPLES_PER_INSERT("samples per insert"),
  FRACTION("fraction"),
  RESTARTS("restarts"),
  FIRINGS("firings"),
  NUMBERS("numbers"),
  MEASUREMENTS("measurements"),
  CHECKPOINTS("checkpoints"),
  ELEMENTS("elements"),
  CALLS("calls"),
  ALERTS("alerts"),
  FLAG("0 or 1"),
  NODES("nodes"),
  ENVIRONMENT_ACTORS("environment actors"),
  CHUNKS("chunks"),
  MESSAGES("messages"),
  SNAPSHOTS("snapshots"),
  BATCHES("batches"),
  SECONDS("s"),
  BYTES("bytes"),
  CORES("cores");

  private final String text;

  Unit(String text) {
    this.text = text;
  }

  /** For people, for instance {@code environment steps per second}. */
  @Override
  public String toString() {
    return text;
  }
}
