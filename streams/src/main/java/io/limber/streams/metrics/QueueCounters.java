package io.limber.streams.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a queue counts. Written by its stage, read by any thread.
 *
 * @param depth elements that wait now
 * @param dropped elements dropped so far
 */
record QueueCounters(AtomicLong depth, AtomicLong dropped) {

  QueueCounters() {
    this(new AtomicLong(), new AtomicLong());
  }
}
