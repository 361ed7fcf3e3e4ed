package io.limber.streams.metrics;

/** What happens when a bounded queue is full. */
public enum QueuePolicy {
  /** Nothing is lost: whoever fills the queue waits. */
  WAIT,
  /** The oldest element goes, and is counted: whoever fills the queue never waits. */
  DROP_OLDEST
}
