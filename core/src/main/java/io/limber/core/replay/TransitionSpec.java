package io.limber.core.replay;

/**
 * The fixed sizes of a transition.
 *
 * @param observationBytes bytes of one observation
 */
public record TransitionSpec(int observationBytes) {

  public TransitionSpec {
    if (observationBytes < 1) {
      throw new IllegalArgumentException(
          "observationBytes = " + observationBytes + " must be at least 1");
    }
  }

  /** Bytes of one transition: two observations, action (4), reward (4), discount (4). */
  public int bytes() {
    return 2 * observationBytes + 3 * Integer.BYTES;
  }
}
