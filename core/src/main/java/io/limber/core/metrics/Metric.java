package io.limber.core.metrics;

/** Every metric, defined once. {@code docs/metrics.md} is generated from this list. */
public enum Metric {
  LEARNER_LOSS(
      "learner/loss",
      Unit.SQUARED_RETURN,
      true,
      "mean over the interval's updates of the mean TD loss over the batch",
      "Lyle et al. 2023, eq 1",
      "none beyond the update"),
  LEARNER_VALUE(
      "learner/value",
      Unit.RETURN,
      true,
      "mean over the interval's batches of Q(s, a) of the taken action",
      "diagnostic",
      "none beyond the update");

  /** The unit of a value. */
  public enum Unit {
    SQUARED_RETURN("squared return"),
    RETURN("return");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final String id;
  private final Unit unit;
  private final boolean reproducible;
  private final String formula;
  private final String source;
  private final String cost;

  Metric(String id, Unit unit, boolean reproducible, String formula, String source, String cost) {
    this.id = id;
    this.unit = unit;
    this.reproducible = reproducible;
    this.formula = formula;
    this.source = source;
    this.cost = cost;
  }

  /** Name in files and dashboards: group, slash, name. */
  public String id() {
    return id;
  }

  public Unit unit() {
    return unit;
  }

  /**
   * Whether it is a pure function of config and seed in lockstep on a CPU; false for all that
   * depends on the wall clock or the machine.
   */
  public boolean reproducible() {
    return reproducible;
  }

  public String formula() {
    return formula;
  }

  public String source() {
    return source;
  }

  public String cost() {
    return cost;
  }
}
