package io.limber.benchmarks.agent;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Rate of a counter, and the process's CPU time, between two of its values: the way to leave out
 * start and end of a run.
 */
final class Stretch {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long from;
  private final long to;
  private long begun;
  private long reached;
  private long ended;
  private long cpuNanos;

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
      cpuNanos = PROCESS.getProcessCpuTime();
    } else if (begun != 0 && ended == 0 && count >= to) {
      ended = now;
      reached = count - reached;
      cpuNanos = PROCESS.getProcessCpuTime() - cpuNanos;
    }
  }

  /** Counts per second. */
  double perSecond() {
    requireEnded();
    return reached / ((ended - begun) / 1e9);
  }

  /** CPU time of the whole process per count, in milliseconds: other processes change it less. */
  double cpuMillis() {
    requireEnded();
    return cpuNanos / 1e6 / reached;
  }

  private void requireEnded() {
    if (ended == 0) {
      throw new IllegalStateException("the run was over before count " + to);
    }
  }
}
