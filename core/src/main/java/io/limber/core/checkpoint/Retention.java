package io.limber.core.checkpoint;

/**
 * Which checkpoints stay.
 *
 * @param newest so many of the newest, at least 1
 * @param best so many of those with the highest value of {@link Manifest#best}
 */
public record Retention(int newest, int best) {

  public Retention {
    if (newest < 1 || best < 0) {
      throw new IllegalArgumentException(
          "newest = " + newest + " must be at least 1 and best = " + best + " not negative");
    }
  }
}
