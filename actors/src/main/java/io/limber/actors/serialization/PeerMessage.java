package io.limber.actors.serialization;

import io.limber.core.metrics.Report;

/**
 * What goes between nodes of the same build only, in Kryo: a node that fits no run by its
 * fingerprint is never sent one.
 */
public sealed interface PeerMessage {

  /** A measurement on its way to the run's metrics; may be lost. */
  record Reported(Report report) implements PeerMessage {}
}
