package io.limber.actors.metrics;

import io.limber.core.metrics.Report;
import java.util.ArrayDeque;
import java.util.Queue;

/** Reports that wait for the sinks. Not thread-safe: one owner. */
final class ReportQueue {

  private final int capacity;
  private final boolean lossless;
  private final Queue<Report> waiting = new ArrayDeque<>();
  private long dropped;

  /**
   * @param capacity reports that may wait before the oldest is dropped
   * @param lossless drops nothing: whoever reports bounds the queue by protocol
   */
  ReportQueue(int capacity, boolean lossless) {
    this.capacity = capacity;
    this.lossless = lossless;
  }

  void add(Report report) {
    if (!lossless && waiting.size() >= capacity) {
      waiting.remove();
      dropped++;
    }
    waiting.add(report);
  }

  /** The next one, or null. */
  Report poll() {
    return waiting.poll();
  }

  /** Drops all that waits. */
  void dropAll() {
    dropped += waiting.size();
    waiting.clear();
  }

  int size() {
    return waiting.size();
  }

  long dropped() {
    return dropped;
  }
}
