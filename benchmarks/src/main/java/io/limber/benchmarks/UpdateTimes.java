package io.limber.benchmarks;

import java.util.Arrays;

/**
 * When a learner had done how many updates, by the monotonic clock: what an event within a run
 * cost, since whole runs differ from each other by more than what is looked for. Thread-safe.
 *
 * <p>Known at the end of each call of the learner, exactly; between two ends updates are taken to
 * come evenly. Taking in an end costs the learner less than a microsecond.
 */
public final class UpdateTimes {

  private static final double NANOS = 1e9;

  private long[] steps = new long[1 << 14];
  private long[] nanos = new long[1 << 14];
  private int size;

  /**
   * A call has ended.
   *
   * @param step updates done, more than at the call before
   */
  public void at(long step) {
    at(step, System.nanoTime());
  }

  /**
   * A call has ended.
   *
   * @param now not before the call before it
   */
  synchronized void at(long step, long now) {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    steps[size] = step;
    nanos[size] = now;
    size++;
  }

  /**
   * When so many updates were done.
   *
   * @param step the end of a call
   * @return in the time of {@link System#nanoTime}
   * @throws IllegalArgumentException if no call ended there
   */
  public synchronized long timeOf(long step) {
    int index = Arrays.binarySearch(steps, 0, size, step);
    if (index < 0) {
      throw new IllegalArgumentException("no call of the learner ended at update " + step);
    }
    return nanos[index];
  }

  /** Updates done between two moments of {@link System#nanoTime}. */
  public double between(long from, long to) {
    return doneBy(to) - doneBy(from);
  }

  /** Updates per second between two moments of {@link System#nanoTime}. */
  public double perSecond(long from, long to) {
    return between(from, to) / ((to - from) / NANOS);
  }

  /**
   * Updates that a window lost: those that the rate around it would have made, less those that were
   * made. The rate around it is the mean of the rates just before and just after it, so that
   * neither level nor slope of a machine's drift counts.
   *
   * @param from the window's begin
   * @param to its end
   * @param beside nanoseconds before and after it in which the rate is taken
   */
  public double lost(long from, long to, long beside) {
    double around = (perSecond(from - beside, from) + perSecond(to, to + beside)) / 2;
    return around * ((to - from) / NANOS) - between(from, to);
  }

  private synchronized double doneBy(long moment) {
    int found = Arrays.binarySearch(nanos, 0, size, moment);
    if (found >= 0) {
      return steps[found];
    }
    int next = -found - 1;
    if (next == 0 || next == size) {
      throw new IllegalArgumentException("the learner was not watched at that moment");
    }
    double share = (double) (moment - nanos[next - 1]) / (nanos[next] - nanos[next - 1]);
    return steps[next - 1] + share * (steps[next] - steps[next - 1]);
  }
}
