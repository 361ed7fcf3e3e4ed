package io.limber.benchmarks.agent;

/** Rate of a counter between two of its values: the way to leave out start and end of a run. */
final class Stretch {

  private final long from;
  private final long to;
  private long begun;
  private long reached;
  private long ended;

  /** Measures from the first count of at least {@code from} to the first of at least {@code to}. */
  Stretch(long from, long to) {
    this.from = from;
    this.to = to;
  }

  void at(long count) {
    long now = System.nanoTime();
    if (begun == 0 && count >= from) {
      begun = now;
      reached = count;
    } else if (begun != 0 && ended == 0 && count >= to) {
      ended = now;
      reached = count - reached;
    }
  }

  /** Counts per second. */
  double perSecond() {
    if (ended == 0) {
      throw new IllegalStateException("the run was over before count " + to);
    }
    return reached / ((ended - begun) / 1e9);
  }
}
