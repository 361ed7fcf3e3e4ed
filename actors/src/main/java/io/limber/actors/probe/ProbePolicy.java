package io.limber.actors.probe;

/** What happens when probes cannot keep up with their snapshots. */
public enum ProbePolicy {
  /** The newest waiting snapshot of a probe replaces the older one, which is counted as skipped. */
  SKIP,
  /** Snapshots wait in a bounded queue; when it is full, the learner waits. */
  QUEUE,
  /** The learner waits for every measurement. */
  WAIT
}
