package io.limber.app.study;

import java.util.List;

/**
 * When labels are drawn anew, in the clock of the learner. Environments count their own steps: an
 * update draws {@link #BATCH} samples, {@link #SAMPLES_PER_INSERT} for each of their steps.
 *
 * @param images of the data set
 * @param width of both hidden layers
 * @param updatesPerTask learner updates with one set of labels
 * @param tasks label sets in a run
 */
record LabelChanges(int images, int width, int updatesPerTask, int tasks) {

  /** Images at which the probe looks; as many must be in replay before it starts. */
  static final int PROBED = 256;

  /** On which accuracy is measured; the paper's number. */
  static final int EXAMINED = 4096;

  private static final int ENVIRONMENTS = 50;
  private static final int SAMPLES_PER_INSERT = 2;
  private static final int BATCH = 32;

  /** As small as may be, so that old labels are soon gone: a batch of ten updates must fit. */
  private static final int CAPACITY = 10 * BATCH;

  /** Updates in which the store fills with the new labels. */
  static final int FLUSHED = CAPACITY * SAMPLES_PER_INSERT / BATCH;

  static LabelChanges of(Scale scale) {
    return switch (scale) {
      case QUICK, LAPTOP -> new LabelChanges(500, 1024, 800, 24);
      case PAPER -> new LabelChanges(5000, 1024, 15_000, 6);
    };
  }

  /** Learner step of the {@code change}-th change, to the next ten: updates come in tens. */
  long step(int change) {
    return ((long) updatesPerTask * change - FLUSHED) / 10 * 10;
  }

  List<String> overrides() {
    int relabelEverySteps = updatesPerTask * BATCH / SAMPLES_PER_INSERT / ENVIRONMENTS;
    return List.of(
        "run.mode=lockstep",
        "run.updates=" + updatesPerTask * tasks,
        "run.report-period=100",
        "run.evaluation-steps=0",
        "checkpoint.period=0", // a cell takes two minutes
        "data.limit=" + images,
        "environment.kind=supervised",
        "environment.supervised.labels=random",
        "environment.supervised.relabel-every-steps=" + relabelEverySteps,
        "environment.supervised.accuracy-images=" + EXAMINED,
        "environments.per-actor=" + ENVIRONMENTS,
        "objective.kind=classification",
        "exploration.epsilon-start=0",
        "exploration.epsilon-end=0",
        "replay.capacity=" + CAPACITY,
        "replay.min-size=" + CAPACITY,
        "replay.samples-per-insert=" + SAMPLES_PER_INSERT,
        "network.hidden-widths=[" + width + "," + width + "]",
        "optimizer.kind=adam",
        "probe.schedule.plasticity=0",
        "probe.schedule.statistics=" + updatesPerTask / 2,
        "statistics.transitions=" + PROBED);
  }
}
