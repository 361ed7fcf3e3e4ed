package io.limber.streams.alert;

import java.time.Instant;

/** Judges the values of one metric of one source, in their order. Not thread-safe. */
@FunctionalInterface
interface Tracker {

  /**
   * Takes the next value.
   *
   * @param step of the value
   * @param time when it was published
   * @return whether the condition holds now; false while too little is known
   */
  boolean holds(long step, Instant time, double value);
}
