package io.limber.core.agent;

import io.limber.core.config.Section;

/**
 * How a learner counts: the keys of {@code limber.learner} that program and actors share.
 *
 * @param batchSize transitions per update
 * @param updatesPerCall updates in one call of {@link Learner#update}
 * @param targetUpdatePeriod updates between two synchronisations of the target network; a multiple
 *     of {@code updatesPerCall}
 */
public record LearnerSettings(int batchSize, int updatesPerCall, int targetUpdatePeriod) {

  /** Reads and checks the keys. */
  public static LearnerSettings from(Section limber) {
    Section section = limber.section("learner");
    int batchSize = atLeastOne(section, "batch-size");
    int updatesPerCall = atLeastOne(section, "updates-per-call");
    section.require(
        updatesPerCall <= 100,
        "updates-per-call",
        updatesPerCall,
        "lie in [1, 100]: the program holds a copy of the update for each");
    section.require(
        (long) batchSize * updatesPerCall <= Integer.MAX_VALUE,
        "batch-size",
        batchSize,
        "be at most "
            + Integer.MAX_VALUE / updatesPerCall
            + " with learner.updates-per-call = "
            + updatesPerCall
            + ", the transitions that one call can take");
    int period = atLeastOne(section, "target-update-period");
    section.require(
        period % updatesPerCall == 0,
        "target-update-period",
        period,
        "be a multiple of learner.updates-per-call = "
            + updatesPerCall
            + ", or the target network could not be synchronised exactly");
    return new LearnerSettings(batchSize, updatesPerCall, period);
  }

  private static int atLeastOne(Section section, String key) {
    int value = section.integer(key);
    section.require(value >= 1, key, value, "be at least 1");
    return value;
  }

  /** Transitions that one call of {@link Learner#update} takes. */
  public int transitionsPerCall() {
    return Math.multiplyExact(batchSize, updatesPerCall);
  }
}
