package io.limber.actors.metrics;

import java.time.Duration;

/**
 * What the metrics actor needs to know.
 *
 * @param lockstep drops nothing
 * @param queueSize reports that may wait before the oldest is dropped
 * @param systemReportInterval wall-clock time between two reports on memory and this queue
 */
public record MetricsActorSettings(
    boolean lockstep, int queueSize, Duration systemReportInterval) {}
