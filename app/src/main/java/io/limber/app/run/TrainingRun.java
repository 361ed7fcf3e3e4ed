package io.limber.app.run;

import akka.actor.typed.ActorSystem;
import io.limber.actors.checkpoint.CheckpointParts;
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.learner.FailureKind;
import io.limber.actors.run.RunEvent;
import io.limber.actors.run.RunGuardian;
import io.limber.actors.run.RunParts;
import io.limber.actors.run.RunSummary;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import io.limber.core.config.Section;
import io.limber.protos.AtomicFile;
import io.limber.streams.alert.AlertSink;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.metrics.MetricsHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training run: data, folder, actors, end, summary. Blocks its thread until the run is over;
 * use it once.
 */
public final class TrainingRun {

  private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

  /** After the run's end the actors have nothing left to do. */
  private static final Duration SYSTEM_END_LIMIT = Duration.ofSeconds(20);

  private final EffectiveConfig config;
  private final Settings settings;
  private final AgentSource agents;
  private final RunView view;
  private final RunHost host;
  private final boolean mayShow;
  private RunDashboard dashboard = RunDashboard.none();
  private Readings readings = new Readings();
  private long firstStep;

  /**
   * A run in this process alone.
   *
   * @throws InvalidConfigException if a setting cannot work
   */
  public TrainingRun(EffectiveConfig config, AgentSource agents, RunView view) {
    this(config, agents, view, RunHost.alone(), false);
  }

  /**
   * @param host where its actors live
   * @param mayShow whether it serves its dashboard, if the settings say so
   * @throws InvalidConfigException if a setting cannot work
   */
  public TrainingRun(
      EffectiveConfig config, AgentSource agents, RunView view, RunHost host, boolean mayShow) {
    this.host = host;
    this.mayShow = mayShow;
    this.config = config;
    this.settings = Settings.check(config.limber());
    this.agents = agents;
    this.view = view;
  }

  /**
   * Trains until all updates are done, the run fails or {@code stop} completes.
   *
   * @param directory the run's folder; empty for a new one below {@code limber.runs-directory}
   * @param stop asks for a clean end
   * @return how it ended; already printed, and written into the folder
   * @throws RunFolderException if the folder cannot be made or is not empty
   * @throws IOException if a file of the folder cannot be written
   */
  public TrainingSummary run(Optional<Path> directory, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    Task task = Task.of(settings);
    agents.check(settings, task.random(), task.observations(), task.actions());
    RunFolder folder =
        directory.map(RunFolder::at).orElseGet(() -> newFolder(settings.app().runsDirectory()));
    return locked(task, folder, Optional.empty(), stop);
  }

  /**
   * Goes on from a checkpoint.
   *
   * @param directory the run's folder, whose configuration this run's is but for the keys that may
   *     change
   * @param step of the checkpoint; empty for the newest that can be used
   * @param stop asks for a clean end
   * @return how it ended; already printed, and written into the folder
   * @throws RunFolderException if there is no such folder, or another process writes it
   * @throws UnusableRunException if there is no checkpoint that can be used
   * @throws InvalidConfigException if more updates lie behind the checkpoint than are asked for
   * @throws IOException if a file of the folder cannot be read or written
   */
  public TrainingSummary resume(
      Path directory, OptionalLong step, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    RunFolder folder = RunFolder.existing(directory);
    Task task = Task.of(settings);
    agents.check(settings, task.random(), task.observations(), task.actions());
    LongPredicate wanted = found -> step.isEmpty() || found == step.getAsLong();
    return locked(task, folder, Optional.of(wanted), stop);
  }

  private TrainingSummary locked(
      Task task,
      RunFolder folder,
      Optional<LongPredicate> resumed,
      CompletableFuture<Signals.Signal> stop)
      throws IOException {
    RunLog runLog = RunLog.open(folder.log(), host.system());
    try {
      RunLock lock = RunLock.acquire(folder, this::say);
      if (resumed.isEmpty()) {
        writeConfig(folder);
      }
      try (RunDashboard served = mayShow ? RunDashboard.open(settings, folder) : dashboard) {
        dashboard = served;
        return logged(task, folder, resumed, stop);
      } catch (IOException | RuntimeException e) {
        log.error("the run in {} ended with an error", folder.path(), e);
        throw e;
      } finally {
        lock.close();
      }
    } finally {
      runLog.close();
    }
  }

  /** As a whole or not at all: a resumed run's folder has one already, and needs it. */
  private void writeConfig(RunFolder folder) throws IOException {
    byte[] text = config.render().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.config(), out -> out.write(text));
  }

  private void say(String line) {
    log.info(line); // no warning: the view shows it, and those are shown as well
    view.say(line);
  }

  private RunFolder newFolder(Path runs) {
    String kind = Section.kebab(settings.environment().kind());
    return RunFolder.below(runs, Instant.now(), kind, settings.seed());
  }

  private TrainingSummary logged(
      Task task,
      RunFolder folder,
      Optional<LongPredicate> resumed,
      CompletableFuture<Signals.Signal> stop)
      throws IOException {
    AgentSource.Agent agent =
        agents.open(
            settings, task.random(), task.observations(), task.actions(), folder.programs());
    SavedRun saved = new SavedRun(folder, config.whole(), agent.layout().architecture(), this::say);
    Optional<ResumePoint> from =
        resumed.isPresent() ? Optional.of(saved.find(resumed.get())) : Optional.empty();
    from.ifPresent(point -> requireAhead(point.step(), folder));
    Map<String, String> facts = StartUp.rows(settings, task, agent, folder);
    from.ifPresent(point -> facts.put(StartUp.GOES_ON, "from step " + point.step()));
    facts.putAll(dashboard.rows());
    view.table(resumed.isPresent() ? "limber resume" : "limber train", facts);
    Files.deleteIfExists(folder.summary());
    writeConfig(folder);
    long start = System.nanoTime();
    RunEvent end =
        trainOn(
            task, agent, saved, from, new Refusals(resumed.orElse(any -> true), this::say), stop);
    if (released(end)) {
      agent.factory().close();
    }
    TrainingSummary summary =
        summary(end, folder, stop, Duration.ofNanos(System.nanoTime() - start));
    TrainingSummary kept = summary.keep();
    dashboard.ended(kept.outcome());
    view.table("", kept.toRows());
    return kept;
  }

  /** Before anything of the folder is changed. */
  private void requireAhead(long step, RunFolder folder) {
    long updates = settings.run().updates();
    if (updates < step) {
      throw new InvalidConfigException(
          List.of(
              "limber.run.updates = "
                  + updates
                  + " must be at least the "
                  + step
                  + " that the checkpoint has been trained for: ask for more, or go on from an"
                  + " earlier one with --step; limber inspect "
                  + folder.path()
                  + " lists them"));
    }
  }

  /**
   * Trains; goes back and on where the loss diverges and that is the policy, and where a part
   * refuses the checkpoint.
   */
  private RunEvent trainOn(
      Task task,
      AgentSource.Agent agent,
      SavedRun saved,
      Optional<ResumePoint> first,
      Refusals refusals,
      CompletableFuture<Signals.Signal> stop)
      throws IOException {
    Rollbacks rollbacks = new Rollbacks(settings.run().divergence(), this::say);
    Optional<ResumePoint> from = first;
    firstStep = first.map(ResumePoint::step).orElse(0L);
    RunEvent end;
    do {
      if (from.isPresent()) {
        readings = saved.goOnFrom(from.get());
      }
      end = train(task, agent, saved.folder(), from, stop);
      Optional<ResumePoint> older = refusals.after(end, from, saved);
      firstStep = Math.min(firstStep, older.map(ResumePoint::step).orElse(firstStep));
      from = older.isPresent() ? older : rollbacks.after(end, saved);
    } while (from.isPresent() && !stop.isDone());
    return end;
  }

  private RunEvent train(
      Task task,
      AgentSource.Agent agent,
      RunFolder folder,
      Optional<ResumePoint> from,
      CompletableFuture<Signals.Signal> stop) {
    OptionalLong resumedStep =
        from.map(point -> OptionalLong.of(point.step())).orElse(OptionalLong.empty());
    List<MetricSink> sinks =
        new ArrayList<>(settings.metrics().fileSinks(folder.path(), resumedStep));
    sinks.add(new ReadingsSink(readings));
    sinks.addAll(dashboard.sinks());
    sinks.add(new AlertSink(settings.alerts(), folder.path(), InstantSource.system()));
    sinks.add(
        new ConsoleSink(
            view.progress("train", settings.run().updates(), settings.app().progressInterval())));
    RunParts parts =
        new RunParts(
            agent.factory(),
            task.environments(),
            task.spec(),
            settings.exploration(),
            settings.replay(),
            task.random(),
            folder.snapshots(),
            MetricsHub.blueprint(sinks, settings.metrics().queueSize(), InstantSource.system()),
            new CheckpointParts(
                folder.checkpoints(),
                ProgramVersion.text(),
                agent.layout().architecture(),
                config.render(),
                readings::mean,
                from));
    CompletableFuture<RunEvent> end = new CompletableFuture<>();
    ActorSystem<RunRoot.Command> system =
        ActorSystem.create(
            RunRoot.create(
                RunGuardian.create(settings.run(), parts, host.remote(config, task)), end),
            host.system(),
            host.config(config));
    // a member that the cluster has given up ends by itself; the run must not be waited for then
    system.getWhenTerminated().thenRun(() -> end.complete(lostCluster()));
    host.started(system);
    dashboard.started(system, stop);
    stop.thenAccept(signal -> system.tell(RunRoot.Stop.INSTANCE));
    RunEvent event = end.join();
    awaitEnd(system);
    return event;
  }

  private static RunEvent lostCluster() {
    return new RunEvent.RunFailed(
        "the cluster gave this process up: run.log tells why", false, FailureKind.OTHER);
  }

  private static void awaitEnd(ActorSystem<?> system) {
    boolean ended =
        system
            .getWhenTerminated()
            .toCompletableFuture()
            .thenApply(done -> true)
            .completeOnTimeout(false, SYSTEM_END_LIMIT.toSeconds(), TimeUnit.SECONDS)
            .join();
    if (!ended) { // told by this thread: the one that times out is every run's
      log.warn("the actor system did not end within {}", SYSTEM_END_LIMIT);
    }
  }

  private TrainingSummary summary(
      RunEvent event, RunFolder folder, CompletableFuture<Signals.Signal> stop, Duration duration) {
    Optional<RunSummary> end = Optional.empty();
    Optional<String> failure = Optional.empty();
    if (event instanceof RunEvent.RunFinished finished) {
      end = Optional.of(finished.summary());
    } else {
      failure = Optional.of(((RunEvent.RunFailed) event).reason());
    }
    Outcome outcome =
        failure.isPresent()
            ? Outcome.FAILED
            : stop.isDone() ? Outcome.of(stop.join()) : Outcome.COMPLETED;
    return new TrainingSummary(
        outcome,
        failure,
        end,
        end.map(RunSummary::duration).orElse(duration),
        readings,
        folder,
        settings.seed(),
        firstStep);
  }

  private static boolean released(RunEvent event) {
    return event instanceof RunEvent.RunFinished finished
        ? finished.summary().released()
        : ((RunEvent.RunFailed) event).released();
  }
}
