package io.limber.core.replay;

/**
 * Where the limiter stands, for metrics and for people who ask why nothing moves.
 *
 * @param waiting who waits for whom
 * @param diff inserted · samples-per-insert − sampled, in samples
 * @param minDiff the least {@code diff} that a batch may leave behind
 * @param maxDiff inserts go on while {@code diff} after the next chunk stays under this
 * @param size transitions in the table
 * @param minSize transitions that must be there before the first batch is drawn
 */
public record LimiterState(
    Waiting waiting, double diff, double minDiff, double maxDiff, int size, int minSize) {

  /** Who waits for whom. Never both sides: see {@link SamplesPerInsertLimiter}. */
  public enum Waiting {
    /** Both sides may go on. */
    NOBODY,
    /** Samples wait until the table holds min-size transitions. */
    SAMPLES_FOR_MIN_SIZE,
    /** Samples ran ahead of the ratio and wait for inserts. */
    SAMPLES_FOR_INSERTS,
    /** Inserts ran ahead of the ratio and wait for samples. */
    INSERTS_FOR_SAMPLES
  }

  /** For a person, for instance {@code sampling is waiting for min-size: 400 of 1000}. */
  public String text() {
    return switch (waiting) {
      case NOBODY -> "open";
      case SAMPLES_FOR_MIN_SIZE -> "sampling is waiting for min-size: " + size + " of " + minSize;
      case SAMPLES_FOR_INSERTS ->
          "sampling is waiting for inserts: a batch would take the samples owed from "
              + diff
              + " to under "
              + minDiff;
      case INSERTS_FOR_SAMPLES ->
          "inserting is waiting for samples: a chunk would take the samples owed from "
              + diff
              + " to "
              + maxDiff
              + " or more";
    };
  }
}
