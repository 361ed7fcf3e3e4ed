package io.limber.actors.metrics;

import java.time.Duration;

/**
 * What the metrics actor needs to know.
 *
 * @param lockstep loses nothing
 * @param queueSize reports that may wait in the hub's queue, the one that its blueprint was made
 *     with
 * @param systemReportInterval wall-clock time between two reports on memory and queues
 */
public record MetricsActorSettings(
    boolean lockstep, int queueSize, Duration systemReportInterval) {}
