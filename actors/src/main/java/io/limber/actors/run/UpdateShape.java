package io.limber.actors.run;

/**
 * What the actors must know of the section {@code limber.learner}, which the settings of the
 * numeric part read.
 *
 * @param batchSize transitions in one learner update
 * @param updatesPerCall learner updates in one call
 * @param targetUpdatePeriod learner updates between two synchronisations of the target network
 */
public record UpdateShape(int batchSize, int updatesPerCall, long targetUpdatePeriod) {

  public UpdateShape {
    if (batchSize < 1 || updatesPerCall < 1 || targetUpdatePeriod < 1) {
      throw new IllegalArgumentException(
          "batchSize = "
              + batchSize
              + ", updatesPerCall = "
              + updatesPerCall
              + " and targetUpdatePeriod = "
              + targetUpdatePeriod
              + " must be at least 1");
    }
  }

  /** Transitions drawn at once. */
  public int sampleSize() {
    return Math.multiplyExact(batchSize, updatesPerCall);
  }
}
