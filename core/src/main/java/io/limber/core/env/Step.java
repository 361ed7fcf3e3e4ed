package io.limber.core.env;

/**
 * What one step returned, besides the observation.
 *
 * @param reward finite
 * @param terminated the task ended here: nothing is worth anything after it, so the bootstrap is
 *     cut
 * @param truncated the episode was cut from outside, for instance by a time limit: the bootstrap
 *     goes on
 */
public record Step(double reward, boolean terminated, boolean truncated) {

  /** The episode is over, for either reason. */
  public boolean last() {
    return terminated || truncated;
  }
}
