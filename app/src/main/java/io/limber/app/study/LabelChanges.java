package io.limber.app.study;

import java.util.List;

/**
 * When labels are drawn anew, in the clock of the learner. Environments count their own steps: with
 * {@link #SAMPLES_PER_INSERT} samples drawn for each of theirs, an update passes four.
 *
 * @param images of the data set
 * @param width of both hidden layers
 * @param relabelEverySteps of each environment
 * @param tasks label sets in a run
 */
record LabelChanges(int images, int width, int relabelEverySteps, int tasks) {

  /** Images at which the probe looks; as many must be in replay before it starts. */
  static final int PROBED = 256;

  private static final int ENVIRONMENTS = 50;
  private static final int SAMPLES_PER_INSERT = 8;
  private static final int BATCH = 32;

  /** Small, so that old labels are soon gone; a batch of ten updates must fit. */
  private static final int CAPACITY = 400;

  /** Updates in which the store fills with the new labels. */
  static final int FLUSHED = CAPACITY * SAMPLES_PER_INSERT / BATCH;

  static LabelChanges of(Scale scale) {
    return switch (scale) {
      case QUICK -> new LabelChanges(500, 256, 120, 16);
      case LAPTOP -> new LabelChanges(5000, 1024, 480, 10);
      case PAPER -> new LabelChanges(5000, 1024, 1200, 6);
    };
  }

  long updatesPerTask() {
    return (long) ENVIRONMENTS * relabelEverySteps * SAMPLES_PER_INSERT / BATCH;
  }

  /** Learner step of the {@code change}-th change, to the next ten: updates come in tens. */
  long step(int change) {
    long inserted = (long) ENVIRONMENTS * relabelEverySteps * change;
    return (inserted - CAPACITY) * SAMPLES_PER_INSERT / BATCH / 10 * 10;
  }

  List<String> overrides() {
    return List.of(
        "run.mode=lockstep",
        "run.updates=" + updatesPerTask() * tasks,
        "run.report-period=100",
        "run.evaluation-steps=0",
        "data.limit=" + images,
        "environment.kind=supervised",
        "environment.supervised.labels=random",
        "environment.supervised.relabel-every-steps=" + relabelEverySteps,
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
        "probe.schedule.statistics=" + updatesPerTask() / 2,
        "statistics.transitions=" + PROBED);
  }
}
