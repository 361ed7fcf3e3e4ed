package io.limber.actors.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.learner.FailureKind;
import io.limber.actors.learner.LearnerActor;
import io.limber.actors.learner.LearnerEvent;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.probe.ProbeEvent;
import io.limber.actors.remote.RemoteRun;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Lease;
import io.limber.actors.resource.Resources;
import io.limber.actors.serialization.JavaSerialization;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs one run: spawns its actors, and at the end lets probes finish, evaluates, flushes the sinks
 * and waits until all native things are closed. It tells one {@link RunEvent} and stops, and with
 * it the actor system that it guards.
 */
public final class RunGuardian extends AbstractBehavior<RunGuardian.Command> {

  /** What this actor accepts. */
  public sealed interface Command
      permits Start,
          Stop,
          Pause,
          Resume,
          ProbeNow,
          FireNow,
          CheckpointNow,
          LearnerSaid,
          ProbesSaid,
          Counted,
          Evaluated,
          Flushed,
          Released,
          StopNow,
          EvaluationOver,
          Timeout {}

  /** Starts the run; only the first counts. */
  public record Start(ActorRef<RunEvent> replyTo) implements Command {}

  /**
   * Ends the run cleanly at the learner's next step boundary, giving up running measurements. A run
   * that was never started just stops.
   */
  public enum Stop implements Command {
    INSTANCE
  }

  /** Holds the learner before its next update, until {@link Resume}; {@link Stop} still ends it. */
  public enum Pause implements Command {
    INSTANCE
  }

  /** Goes on after {@link Pause}. */
  public enum Resume implements Command {
    INSTANCE
  }

  /**
   * Measures at the learner's next step boundary, whatever the schedule says.
   *
   * @param probe one of the schedule
   */
  public record ProbeNow(String probe) implements Command {}

  /**
   * Fires an intervention after the learner's next update, whatever its trigger says.
   *
   * @param intervention one that is on
   */
  public record FireNow(String intervention) implements Command {}

  /** Takes a checkpoint at the learner's next step boundary, if this run takes any. */
  public enum CheckpointNow implements Command {
    INSTANCE
  }

  private record LearnerSaid(LearnerEvent event) implements Command {}

  private record ProbesSaid(ProbeEvent event) implements Command {}

  private record Counted(ReplayActor.Counted counted) implements Command {}

  private record Evaluated(Double reward, Throwable failure) implements Command {}

  private record Flushed(MetricsActor.Flushed flushed) implements Command {}

  private enum Released implements Command {
    INSTANCE
  }

  private enum StopNow implements Command {
    INSTANCE
  }

  private enum EvaluationOver implements Command {
    INSTANCE
  }

  private enum Timeout implements Command {
    INSTANCE
  }

  /** Who stops a run waits for its end: an evaluation that takes longer is left out. */
  private static final Duration EVALUATION_AFTER_STOP = Duration.ofSeconds(10);

  private final RunSettings settings;
  private final RunParts parts;
  private final Optional<RemoteRun> remote;
  private final TimerScheduler<Command> timers;
  private final Resources resources;
  private final Set<ActorRef<?>> living = new HashSet<>();
  private final RunOutcome outcome;
  private RunPhase phase = RunPhase.IDLE;
  private RunActors actors;
  private int environments;
  private ParameterSnapshot parameters;
  private Lease<Evaluation> evaluation;
  private final AtomicBoolean evaluationCancelled = new AtomicBoolean();
  private boolean stopping;
  private boolean measured;
  private boolean counted;

  /** A run in this process alone. */
  public static Behavior<Command> create(RunSettings settings, RunParts parts) {
    return create(settings, parts, Optional.empty());
  }

  /**
   * A run whose environments other nodes may host.
   *
   * @param remote what those nodes are told; empty for a run in this process alone
   */
  public static Behavior<Command> create(
      RunSettings settings, RunParts parts, Optional<RemoteRun> remote) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RunGuardian(context, timers, settings, parts, remote)));
  }

  private RunGuardian(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RunSettings settings,
      RunParts parts,
      Optional<RemoteRun> remote) {
    super(context);
    this.settings = settings;
    this.parts = parts;
    this.remote = remote;
    this.timers = timers;
    resources = Resources.of(context.getSystem());
    outcome = new RunOutcome(settings);
    JavaSerialization.requireOff(context.getSystem().settings().config());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Start.class, this::onStart)
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onMessageEquals(Pause.INSTANCE, () -> tellLearner(LearnerActor.Pause.INSTANCE))
        .onMessageEquals(Resume.INSTANCE, () -> tellLearner(LearnerActor.Resume.INSTANCE))
        .onMessage(FireNow.class, now -> tellLearner(new LearnerActor.FireNow(now.intervention())))
        .onMessageEquals(CheckpointNow.INSTANCE, () -> tellLearner(LearnerActor.SaveNow.INSTANCE))
        .onMessage(ProbeNow.class, now -> tellLearner(new LearnerActor.ProbeNow(now.probe())))
        .onMessage(LearnerSaid.class, this::onLearnerSaid)
        .onMessage(ProbesSaid.class, this::onProbesSaid)
        .onMessage(Counted.class, this::onCounted)
        .onMessage(Evaluated.class, this::onEvaluated)
        .onMessage(Flushed.class, this::onFlushed)
        .onMessageEquals(Released.INSTANCE, this::onReleased)
        .onMessageEquals(StopNow.INSTANCE, this::onStopNow)
        .onMessageEquals(EvaluationOver.INSTANCE, this::onEvaluationOver)
        .onMessageEquals(Timeout.INSTANCE, this::onTimeout)
        .onSignal(ChildFailed.class, this::onChildFailed)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onStart(Start start) {
    if (phase != RunPhase.IDLE) {
      return this;
    }
    phase = RunPhase.TRAINING;
    outcome.start(start.replyTo(), System.nanoTime());
    ActorContext<Command> context = getContext();
    actors =
        new RunActors(
            context,
            settings,
            parts,
            remote,
            resources,
            context.messageAdapter(LearnerEvent.class, LearnerSaid::new),
            context.messageAdapter(ProbeEvent.class, ProbesSaid::new));
    living.addAll(actors.all());
    environments = actors.acting.size();
    return this;
  }

  private Behavior<Command> onStop() {
    stopping = true; // also where the learner has ended by itself and nobody has heard of it yet
    switch (phase) {
      case IDLE -> {
        return Behaviors.stopped();
      }
      case TRAINING -> {
        actors.stopLearner();
        timers.startSingleTimer(StopNow.INSTANCE, settings.checkpoint().limit());
      }
      case MEASURING -> actors.finishProbes(true);
      case EVALUATING -> flush();
      default -> {} // as good as over
    }
    return this;
  }

  private Behavior<Command> tellLearner(LearnerActor.Command command) {
    if (phase == RunPhase.TRAINING) {
      actors.learner.tell(command);
    }
    return this;
  }

  /** The last checkpoint takes too long, or what it waits for never comes. */
  private Behavior<Command> onStopNow() {
    if (phase == RunPhase.TRAINING) {
      getContext().getLog().error("no last checkpoint within {}", settings.checkpoint().limit());
      actors.stopLearnerNow();
    }
    return this;
  }

  private Behavior<Command> onLearnerSaid(LearnerSaid message) {
    if (phase != RunPhase.TRAINING) {
      return this;
    }
    if (message.event() instanceof LearnerEvent.Failed failed) {
      return fail(failed.reason(), failed.kind());
    }
    timers.cancel(StopNow.INSTANCE);
    parameters = ((LearnerEvent.Ended) message.event()).snapshot();
    outcome.trained(parameters);
    phase = RunPhase.MEASURING;
    actors.acting.forEach(getContext()::stop);
    actors.finishProbes(outcome.stoppedEarly());
    ActorRef<ReplayActor.Counted> counted =
        getContext().messageAdapter(ReplayActor.Counted.class, Counted::new);
    actors.replay.tell(new ReplayActor.Count(counted));
    return this;
  }

  private Behavior<Command> onProbesSaid(ProbesSaid message) {
    if (message.event() instanceof ProbeEvent.Unavailable unavailable) {
      return phase == RunPhase.TRAINING ? fail(unavailable.reason(), FailureKind.OTHER) : this;
    }
    outcome.probes(((ProbeEvent.Finished) message.event()).tally());
    measured = true;
    return evaluateWhenAllIsKnown();
  }

  private Behavior<Command> onCounted(Counted message) {
    outcome.environmentSteps(message.counted().inserted());
    counted = true;
    return evaluateWhenAllIsKnown();
  }

  private Behavior<Command> evaluateWhenAllIsKnown() {
    if (phase == RunPhase.MEASURING && measured && counted) {
      evaluate();
    }
    return this;
  }

  private void evaluate() {
    if (settings.evaluationSteps() == 0 || parameters.step() == 0) {
      flush();
      return;
    }
    phase = RunPhase.EVALUATING;
    int size = settings.environments().perActor();
    if (stopping) {
      timers.startSingleTimer(EvaluationOver.INSTANCE, EVALUATION_AFTER_STOP);
    }
    evaluation = resources.open("the evaluation", () -> new Evaluation(parts, size));
    getContext()
        .pipeToSelf(
            evaluation.use(
                e ->
                    e.meanReward(parameters, settings.evaluationSteps(), evaluationCancelled::get)),
            Evaluated::new);
  }

  private Behavior<Command> onEvaluated(Evaluated message) {
    if (phase != RunPhase.EVALUATING) {
      return this;
    }
    if (message.failure() != null) {
      return fail(
          "the evaluation failed: " + RunOutcome.reason(Lease.cause(message.failure())),
          FailureKind.OTHER);
    }
    outcome.evaluated(message.reward());
    Map<Metric, Double> value = Map.of(Metric.EVALUATION_MEAN_REWARD, message.reward());
    Report report = Report.of("evaluation-0", parameters.step(), value);
    actors.metrics.tell(new MetricsActor.Record(report));
    flush();
    return this;
  }

  /** A run that was stopped ends soon, with its evaluation or without. */
  private Behavior<Command> onEvaluationOver() {
    if (phase == RunPhase.EVALUATING) {
      flush();
    }
    return this;
  }

  private Behavior<Command> fail(String reason, FailureKind kind) {
    getContext().getLog().error("run failed: {}", reason);
    outcome.failed(reason, kind);
    flush();
    return this;
  }

  private void flush() {
    phase = RunPhase.FLUSHING;
    timers.startSingleTimer(Timeout.INSTANCE, settings.shutdownTimeout());
    if (evaluation != null) {
      evaluationCancelled.set(true); // unless it is over
      evaluation.release();
    }
    living.stream().filter(child -> !child.equals(actors.metrics)).forEach(getContext()::stop);
    goOnEnding();
  }

  /** Sinks close when nobody can report any more; native things are waited for after that. */
  private void goOnEnding() {
    if (phase == RunPhase.FLUSHING && living.equals(Set.of(actors.metrics))) {
      phase = RunPhase.CLOSING;
      actors.metrics.tell(
          new MetricsActor.Complete(
              getContext().messageAdapter(MetricsActor.Flushed.class, Flushed::new)));
    } else if (phase.compareTo(RunPhase.FLUSHING) >= 0 && living.isEmpty()) {
      getContext().pipeToSelf(resources.released(), (nothing, failure) -> Released.INSTANCE);
    }
  }

  private Behavior<Command> onFlushed(Flushed message) {
    outcome.flushed(message.flushed());
    getContext().stop(actors.metrics);
    return this;
  }

  private Behavior<Command> onReleased() {
    outcome.tell(true, System.nanoTime());
    return Behaviors.stopped();
  }

  private Behavior<Command> onTimeout() {
    getContext()
        .getLog()
        .warn(
            "not over after {}: still running {}, native things still open {}",
            settings.shutdownTimeout(),
            living,
            resources.count());
    outcome.tell(false, System.nanoTime());
    return Behaviors.stopped();
  }

  private Behavior<Command> onChildFailed(ChildFailed signal) {
    FailureKind kind = FailureKind.of(signal.getCause());
    return onEnd(signal.getRef(), "failed: " + RunOutcome.reason(signal.getCause()), kind);
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    return onEnd(signal.getRef(), "stopped", FailureKind.OTHER);
  }

  private Behavior<Command> onEnd(ActorRef<?> child, String how, FailureKind kind) {
    living.remove(child);
    boolean environment = actors.acting.contains(child);
    environments -= environment ? 1 : 0;
    boolean missed =
        switch (phase) {
          case TRAINING -> !environment || environments == 0 || kind == FailureKind.REFUSED;
          case MEASURING -> !environment && !child.equals(actors.learner);
          case EVALUATING -> child.equals(actors.metrics);
          default -> false;
        };
    if (missed) {
      return fail(child.path().name() + " " + how, kind);
    }
    goOnEnding();
    return this;
  }
}
