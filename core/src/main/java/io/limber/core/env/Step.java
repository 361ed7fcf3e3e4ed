package io.limber.core.env;

/**
 * What one step returned, besides the observation.
 *
 * @param reward finite
 * @param terminated the task ended here: nothing is worth anything after it, so the bootstrap is
 *     cut
 * @param truncated the episode was cut from outside, for instance by a time limit: the bootstrap
 *     goes on
 * @param label the action that would have been right, in the action space; {@link #NO_LABEL} where
 *     the task does not tell. A transition stores it in place of the action taken: that is how
 *     labels reach a supervised objective. An environment gives one with every step or with none
 */
public record Step(double reward, boolean terminated, boolean truncated, int label) {

  /** The task does not tell what would have been right. */
  public static final int NO_LABEL = -1;

  /** A step of a task that does not tell what would have been right. */
  public Step(double reward, boolean terminated, boolean truncated) {
    this(reward, terminated, truncated, NO_LABEL);
  }

  /** The episode is over, for either reason. */
  public boolean last() {
    return terminated || truncated;
  }

  /** The same step, cut from outside. */
  public Step cut() {
    return new Step(reward, false, true, label);
  }

  /** The action that a transition stores. */
  public int stored(int taken) {
    return label == NO_LABEL ? taken : label;
  }
}
