package io.limber.actors.run;

import io.limber.actors.checkpoint.CheckpointSettings;
import io.limber.actors.environment.EnvironmentActorSettings;
import io.limber.actors.learner.DivergenceSettings;
import io.limber.actors.probe.ProbeSettings;
import io.limber.core.config.Section;
import io.limber.streams.metrics.MetricsSettings;
import java.time.Duration;

/** Reads {@link RunSettings} and refuses what cannot work. */
final class RunSettingsReader {

  private final Section limber;
  private final Section run;
  private final UpdateShape shape;

  RunSettingsReader(Section limber, UpdateShape shape) {
    this.limber = limber;
    this.shape = shape;
    run = limber.section("run");
  }

  RunSettings read() {
    RunMode mode = run.constant("mode", RunMode.class);
    boolean lockstep = mode == RunMode.LOCKSTEP;
    long policyPeriod = period("policy-period");
    long reportPeriod = period("report-period");
    run.require(
        !lockstep || reportPeriod % policyPeriod == 0,
        "report-period",
        reportPeriod,
        "be a multiple of limber.run.policy-period = "
            + policyPeriod
            + " in lockstep, or the order of reports would be a matter of chance");
    Duration interval = run.positiveDuration("system-report-interval");
    return new RunSettings(
        mode,
        shape,
        period("updates"),
        reportPeriod,
        policyPeriod,
        interval,
        atLeast(run, "evaluation-steps", 0, "be at least 0; 0 leaves the evaluation out"),
        run.positiveDuration("shutdown-timeout"),
        MetricsSettings.from(limber).queueSize(),
        lockstep ? 0 : prefetchBatches(),
        EnvironmentActorSettings.from(limber, lockstep),
        ProbeSettings.from(limber, shape.updatesPerCall(), lockstep, interval),
        CheckpointSettings.from(limber, shape.updatesPerCall()),
        DivergenceSettings.from(limber));
  }

  private int prefetchBatches() {
    return atLeast(
        limber.section("learner"), "prefetch-batches", 0, "be at least 0; 0 draws none ahead");
  }

  private long period(String key) {
    long value = run.wholeNumber(key);
    run.require(
        value >= 1 && value % shape.updatesPerCall() == 0,
        key,
        value,
        "be a positive multiple of limber.learner.updates-per-call = "
            + shape.updatesPerCall()
            + ", or the learner would pass it inside a call");
    return value;
  }

  private static int atLeast(Section section, String key, int least, String rule) {
    int value = section.integer(key);
    section.require(value >= least, key, value, rule);
    return value;
  }
}
