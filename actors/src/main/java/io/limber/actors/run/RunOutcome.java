package io.limber.actors.run;

import akka.actor.typed.ActorRef;
import io.limber.actors.learner.FailureKind;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.probe.ProbeTally;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.config.InvalidSettingException;
import java.time.Duration;
import java.util.OptionalDouble;

/** Gathers what becomes of a run, and tells it at the end. Not thread-safe: one owner. */
final class RunOutcome {

  private final RunSettings settings;
  private ActorRef<RunEvent> replyTo;
  private long startNanos;
  private ParameterSnapshot parameters;
  private OptionalDouble evaluationReward = OptionalDouble.empty();
  private ProbeTally probes = ProbeTally.NONE;
  private long environmentSteps;
  private long droppedReports;
  private String failure;
  private FailureKind kind = FailureKind.OTHER;

  RunOutcome(RunSettings settings) {
    this.settings = settings;
  }

  void start(ActorRef<RunEvent> toTell, long nowNanos) {
    replyTo = toTell;
    startNanos = nowNanos;
  }

  void trained(ParameterSnapshot last) {
    parameters = last;
  }

  void probes(ProbeTally tally) {
    probes = tally;
  }

  void environmentSteps(long steps) {
    environmentSteps = steps;
  }

  void evaluated(double reward) {
    evaluationReward = OptionalDouble.of(reward);
  }

  void flushed(MetricsActor.Flushed flushed) {
    droppedReports = flushed.refused();
    flushed
        .failure()
        .ifPresent(reason -> failed("the metrics stream failed: " + reason, FailureKind.OTHER));
  }

  /** The first reason stays: later ones follow from it. */
  void failed(String reason, FailureKind why) {
    if (failure == null) {
      failure = reason;
      kind = why;
    }
  }

  boolean stoppedEarly() {
    return parameters.step() < settings.updates();
  }

  void tell(boolean released, long nowNanos) {
    replyTo.tell(
        failure == null
            ? new RunEvent.RunFinished(summary(released, nowNanos))
            : new RunEvent.RunFailed(failure, released, kind));
  }

  private RunSummary summary(boolean released, long nowNanos) {
    return new RunSummary(
        evaluationReward,
        parameters.step(),
        environmentSteps,
        parameters.step() / settings.shape().targetUpdatePeriod(),
        probes,
        Duration.ofNanos(nowNanos - startNanos),
        stoppedEarly(),
        parameters,
        droppedReports,
        released);
  }

  /** Why, for people: messages that were written for them stand alone. */
  static String reason(Throwable cause) {
    return cause instanceof InvalidSettingException
        ? cause.getMessage()
        : FailureKind.reason(cause);
  }
}
