package io.limber.actors.run;

import io.limber.actors.checkpoint.CheckpointSettings;
import io.limber.actors.environment.EnvironmentActorSettings;
import io.limber.actors.environment.EnvironmentPlan;
import io.limber.actors.learner.DivergenceSettings;
import io.limber.actors.learner.LearnerPlan;
import io.limber.actors.metrics.MetricsActorSettings;
import io.limber.actors.probe.ProbeSettings;
import io.limber.actors.replay.ReplayActorSettings;
import io.limber.core.config.Section;
import java.time.Duration;

/**
 * All settings of the actors: the sections {@code limber.run}, {@code limber.environments}, {@code
 * limber.probe}, {@code limber.checkpoint}, and of {@code limber.learner} what is about drawing.
 *
 * @param mode how the actors keep step
 * @param shape what the learner's program was made for
 * @param updates learner updates after which the run ends by itself
 * @param reportPeriod learner updates between two reports
 * @param policyPeriod learner updates between two snapshots for policies
 * @param systemReportInterval wall-clock time between two reports of rates, queues and memory
 * @param evaluationSteps environment steps of the evaluation at the end; 0 leaves it out
 * @param shutdownTimeout how long the end waits for sinks and native calls
 * @param reportQueueSize reports that may wait in the metrics hub
 * @param prefetchBatches batches drawn ahead of the learner; 0 in lockstep
 * @param environments environment actors
 * @param probe probes
 * @param checkpoint checkpoints
 * @param divergence what happens when the loss is no number
 */
public record RunSettings(
    RunMode mode,
    UpdateShape shape,
    long updates,
    long reportPeriod,
    long policyPeriod,
    Duration systemReportInterval,
    int evaluationSteps,
    Duration shutdownTimeout,
    int reportQueueSize,
    int prefetchBatches,
    EnvironmentActorSettings environments,
    ProbeSettings probe,
    CheckpointSettings checkpoint,
    DivergenceSettings divergence) {

  /**
   * Reads all of them.
   *
   * @param limber the section {@code limber}
   * @param shape from the settings of the numeric part
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static RunSettings from(Section limber, UpdateShape shape) {
    RunSettings settings = new RunSettingsReader(limber, shape).read();
    NativeThreads.check(limber, settings.environments().actors(), settings.probe().actors());
    return settings;
  }

  public boolean lockstep() {
    return mode == RunMode.LOCKSTEP;
  }

  LearnerPlan learnerPlan() {
    return new LearnerPlan(
        lockstep(),
        updates,
        shape.updatesPerCall(),
        shape.batchSize(),
        shape.targetUpdatePeriod(),
        reportPeriod,
        policyPeriod,
        probe.schedule(),
        checkpoint.period(),
        1 + prefetchBatches,
        systemReportInterval);
  }

  /** When environment actors act and report. */
  public EnvironmentPlan environmentPlan() {
    return new EnvironmentPlan(
        lockstep(),
        environments.inFlightChunks(),
        shape.batchSize(),
        policyPeriod,
        reportPeriod,
        systemReportInterval);
  }

  /** What the actor in front of the replay table obeys. */
  public ReplayActorSettings replay() {
    return new ReplayActorSettings(
        lockstep(), shape.batchSize(), reportPeriod, systemReportInterval);
  }

  MetricsActorSettings metrics() {
    return new MetricsActorSettings(lockstep(), reportQueueSize, systemReportInterval);
  }
}
