package io.limber.actors.checkpoint;

import java.time.Duration;

/** A wait that doubles. Not thread-safe: one owner. */
final class Backoff {

  private final Duration min;
  private final Duration max;
  private Duration next;

  Backoff(Duration min, Duration max) {
    this.min = min;
    this.max = max;
    next = min;
  }

  Duration next() {
    return next;
  }

  void lengthen() {
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(max) < 0 ? twice : max;
  }

  void reset() {
    next = min;
  }
}
