package io.limber.actors.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import io.limber.actors.checkpoint.Checkpointer;
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.environment.EnvironmentMeans;
import io.limber.actors.learner.LearnerActor;
import io.limber.actors.learner.LearnerEvent;
import io.limber.actors.learner.LearnerMeans;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.probe.OtherWorkers;
import io.limber.actors.probe.ProbeCoordinator;
import io.limber.actors.probe.ProbeEvent;
import io.limber.actors.remote.HostedSettings;
import io.limber.actors.remote.ProbePlace;
import io.limber.actors.remote.RemoteEnvironments;
import io.limber.actors.remote.RemoteReplay;
import io.limber.actors.remote.RemoteReplayPlan;
import io.limber.actors.remote.RemoteRun;
import io.limber.actors.remote.probe.ProbeNodes;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Lease;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.Learner;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.metrics.ProcessMeter;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.ReplayTable;
import io.limber.core.state.UnusableStateException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The actors of one run. None but the environments is supervised with a restart: a fresh metrics,
 * replay, board, learner or coordinator actor would not know what the others wait for, so the run
 * watches them and ends with the reason.
 */
final class RunActors {

  private final RunSettings settings;
  private final RunParts parts;
  private final Resources resources;
  private final StepClock clock = new StepClock();
  private final Optional<ResumePoint> resume;

  final ActorRef<MetricsActor.Command> metrics;
  final ActorRef<ParameterBoard.Command> board;
  final ActorRef<ReplayActor.Command> replay;
  final ActorRef<ProbeCoordinator.Command> probes;
  final ActorRef<LearnerActor.Command> learner;
  final ActorRef<Checkpointer.Command> checkpoints;

  /** Environment actors here; none where other nodes host them. */
  final List<ActorRef<EnvironmentActor.Command>> environments = new ArrayList<>();

  /** Whoever may act: all {@link #environments}, or the one that places them on other nodes. */
  final List<ActorRef<?>> acting = new ArrayList<>();

  private Optional<Checkpointer.Elsewhere> elsewhere = Optional.empty();

  RunActors(
      ActorContext<?> context,
      RunSettings settings,
      RunParts parts,
      Optional<RemoteRun> remote,
      Resources resources,
      ActorRef<LearnerEvent> learnerEvents,
      ActorRef<ProbeEvent> probeEvents) {
    this.settings = settings;
    this.parts = parts;
    this.resources = resources;
    resume = parts.checkpoints().resume();
    clock.set(resume.map(ResumePoint::step).orElse(0L));
    metrics = spawnMetrics(context);
    board =
        context.spawn(
            ParameterBoard.create(resume.flatMap(ResumePoint::firstPolicy)), "parameters-0");
    Optional<RemoteRun> replayElsewhere = remote.filter(RemoteRun::keepsReplayElsewhere);
    replay =
        replayElsewhere.isPresent()
            ? spawnRemoteReplay(context, replayElsewhere.get())
            : spawnReplay(context);
    probes = spawnProbes(context, remote, probeEvents);
    if (remote.isPresent()) {
      ActorRef<RemoteEnvironments.Command> placing = spawnRemote(context, remote.get());
      acting.add(placing);
      elsewhere =
          Optional.of(
              new Checkpointer.Elsewhere(
                  Set.copyOf(RemoteEnvironments.names(settings.environments().actors())),
                  save -> placing.tell(new RemoteEnvironments.Save(save))));
    } else {
      for (int i = 0; i < settings.environments().actors(); i++) {
        environments.add(spawnEnvironment(context, "environment-" + i));
      }
      acting.addAll(environments);
    }
    checkpoints = spawnCheckpointer(context);
    int batchesAhead = replayElsewhere.map(run -> run.settings().batchesAhead()).orElse(0);
    learner = spawnLearner(context, batchesAhead, learnerEvents);
    all().forEach(context::watch);
  }

  List<ActorRef<?>> all() {
    List<ActorRef<?>> all =
        new ArrayList<>(List.of(metrics, board, replay, probes, checkpoints, learner));
    all.addAll(acting);
    return all;
  }

  void stopLearner() {
    learner.tell(LearnerActor.Stop.INSTANCE);
  }

  void stopLearnerNow() {
    learner.tell(LearnerActor.StopNow.INSTANCE);
  }

  void finishProbes(boolean atOnce) {
    probes.tell(new ProbeCoordinator.Finish(atOnce));
  }

  private ActorRef<MetricsActor.Command> spawnMetrics(ActorContext<?> context) {
    ProcessMeter process = new ProcessMeter(InstantSource.system(), parts.snapshots());
    return context.spawn(
        MetricsActor.create(parts.metrics(), settings.metrics(), clock, process), "metrics-0");
  }

  private ActorRef<ReplayActor.Command> spawnReplay(ActorContext<?> context) {
    RandomStreams random = parts.random();
    Lease<ReplayTable> table =
        resources.open(
            "replay-0",
            context.getSystem().dispatchers().lookup(DispatcherSelector.blocking()),
            () ->
                restored(
                    ReplayTable.create(parts.replay(), parts.spec(), random.stream("replay"))));
    return context.spawn(ReplayActor.opening(table, settings.replay(), metrics), "replay-0");
  }

  private ActorRef<ReplayActor.Command> spawnRemoteReplay(
      ActorContext<?> context, RemoteRun remote) {
    Optional<CheckpointFolder> checkpoints =
        settings.checkpoint().period() > 0
            ? Optional.of(parts.checkpoints().folder())
            : Optional.empty();
    return context.spawn(
        RemoteReplay.create(
            new RemoteReplayPlan(
                remote, parts.spec(), parts.replay(), settings.replay(), checkpoints, resume),
            metrics,
            clock),
        "replay-0");
  }

  private ReplayTable restored(ReplayTable table) {
    if (resume.isPresent()) {
      try {
        table.restore(resume.get().replay(), resume.get().rows());
      } catch (IOException | RuntimeException e) {
        table.close();
        throw new UnusableStateException(
            resume.get().checkpoint().path() + " does not fit: " + e.getMessage(), e);
      }
    }
    return table;
  }

  private ActorRef<Checkpointer.Command> spawnCheckpointer(ActorContext<?> context) {
    // what fails on the disk comes back as a message; so a failing actor is a bug of ours, and the
    // learner would wait for it for ever: the run ends with the reason
    return context.spawn(
        Checkpointer.create(
            settings.lockstep(),
            settings.checkpoint(),
            parts.checkpoints(),
            parts.replay().capacity(),
            new Checkpointer.Neighbours(
                replay, List.copyOf(environments), elsewhere, probes, board, metrics)),
        "checkpoints-0");
  }

  private Learner createLearner() {
    Learner learner = parts.agent().createLearner();
    return resume.isPresent() ? resume.get().restore(learner) : learner;
  }

  private ActorRef<ProbeCoordinator.Command> spawnProbes(
      ActorContext<?> context, Optional<RemoteRun> remote, ActorRef<ProbeEvent> events) {
    return context.spawn(
        ProbeCoordinator.create(
            settings.probe(),
            new ProbeCoordinator.Means(
                parts.agent()::createProbe,
                parts.spec(),
                parts.replay().minSize(),
                parts.random(),
                parts.snapshots(),
                clock,
                resources,
                resume.map(ResumePoint::probes),
                remote
                    .filter(run -> run.settings().probes() != ProbePlace.LOCAL)
                    .map(this::probeNodes)),
            new ProbeCoordinator.Neighbours(replay, metrics, events)),
        "probes-0");
  }

  private OtherWorkers probeNodes(RemoteRun run) {
    return new OtherWorkers(
        run.settings().probes() == ProbePlace.REMOTE,
        (kept, firstIndex, events) ->
            ProbeNodes.create(
                run,
                new ProbeNodes.Neighbours(
                    kept, firstIndex, events, metrics, clock, settings.systemReportInterval())));
  }

  private ActorRef<LearnerActor.Command> spawnLearner(
      ActorContext<?> context, int batchesAhead, ActorRef<LearnerEvent> events) {
    return context.spawn(
        LearnerActor.create(
            new LearnerMeans(
                this::createLearner,
                parts.spec(),
                clock,
                resources,
                parts.checkpoints().folder(),
                resume.map(ResumePoint::learnerActor)),
            settings.learnerPlan().withBatchesAhead(batchesAhead),
            new LearnerActor.Neighbours(
                replay,
                board,
                probes,
                metrics,
                event -> checkpoints.tell(new Checkpointer.LearnerSaid(event)),
                events)),
        "learner-0");
  }

  private ActorRef<EnvironmentActor.Command> spawnEnvironment(
      ActorContext<?> context, String name) {
    EnvironmentMeans means =
        new EnvironmentMeans(
            name,
            parts.agent()::createPolicy,
            parts.environments(),
            parts.exploration(),
            settings.environments().perActor(),
            parts.random(),
            parts.spec(),
            resources,
            resume.flatMap(point -> point.environment(name)));
    // restarted with back-off by its own create(): an environment that throws must not end the run
    return context.spawn(
        EnvironmentActor.create(
            means,
            settings.environmentPlan(),
            settings.environments(),
            new EnvironmentActor.Neighbours(replay, board, metrics)),
        name);
  }

  /** Not restarted: a fresh one would not know what has come of which environment. */
  private ActorRef<RemoteEnvironments.Command> spawnRemote(
      ActorContext<?> context, RemoteRun remote) {
    HostedSettings hosted =
        new HostedSettings(
            settings.environmentPlan(), settings.environments(), parts.spec(), remote.settings());
    return context.spawn(
        RemoteEnvironments.create(
            remote,
            hosted,
            new RemoteEnvironments.States(
                name -> resume.flatMap(point -> point.environment(name)),
                settings.checkpoint().limit().dividedBy(2)),
            new RemoteEnvironments.Neighbours(
                replay, board, metrics, clock, settings.systemReportInterval())),
        "environments-0");
  }
}
