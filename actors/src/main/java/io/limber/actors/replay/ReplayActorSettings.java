package io.limber.actors.replay;

import java.time.Duration;

/**
 * What the replay actor needs to know besides its table.
 *
 * @param lockstep draws for probes wait until all environments stand still
 * @param batchSize transitions per learner update
 * @param reportPeriod learner updates between two reports of the table's state
 * @param systemReportInterval wall-clock time between two reports
 */
public record ReplayActorSettings(
    boolean lockstep, int batchSize, long reportPeriod, Duration systemReportInterval) {}
