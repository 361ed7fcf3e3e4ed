package io.limber.core.env;

/**
 * The actions 0 to {@code actions} − 1.
 *
 * @param actions number of actions, at least 1
 */
public record ActionSpace(int actions) {

  public ActionSpace {
    if (actions < 1) {
      throw new IllegalArgumentException("actions = " + actions + " must be at least 1");
    }
  }

  public boolean contains(int action) {
    return action >= 0 && action < actions;
  }

  /**
   * Refuses an action that is not in the space.
   *
   * @throws IllegalArgumentException if so; the message names the action and the range
   */
  public void check(int action) {
    if (!contains(action)) {
      throw new IllegalArgumentException(
          "action = " + action + " must lie in [0, " + (actions - 1) + "]");
    }
  }
}
