package io.limber.app.run;

import akka.actor.typed.ActorSystem;
import io.limber.app.config.Settings;
import io.limber.app.dashboard.DashboardExtras;
import io.limber.app.dashboard.DashboardServer;
import io.limber.app.dashboard.DashboardSettings;
import io.limber.app.dashboard.DashboardUnavailableException;
import io.limber.app.history.History;
import io.limber.app.history.HistorySink;
import io.limber.app.history.RunStatus;
import io.limber.app.history.RunStatus.State;
import io.limber.app.history.ShownRun;
import io.limber.streams.metrics.JsonLinesReader;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.prometheus.PrometheusSink;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard that a run serves of itself, until it ends. A run goes on without one that cannot
 * be served.
 */
final class RunDashboard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunDashboard.class);

  private volatile History history = new History(RunStatus.of(State.RUNNING));
  private final PrometheusSink prometheus = new PrometheusSink();
  private final Optional<LearnerControls> controls;
  private final Optional<DashboardServer> server;
  private final Optional<RunFolder> folder;

  private RunDashboard() {
    controls = Optional.empty();
    server = Optional.empty();
    folder = Optional.empty();
  }

  private RunDashboard(Settings settings, RunFolder folder) {
    DashboardSettings dashboard = settings.dashboard();
    controls =
        dashboard.allowControl() ? Optional.of(new LearnerControls(settings)) : Optional.empty();
    server = dashboard.enabled() ? open(dashboard, folder) : Optional.empty();
    this.folder = Optional.of(folder);
  }

  /** Of a run that is not to be shown. */
  static RunDashboard none() {
    return new RunDashboard();
  }

  /**
   * Serves it, if the settings say so.
   *
   * @throws io.limber.core.config.InvalidSettingException if a file of the settings cannot be used
   */
  static RunDashboard open(Settings settings, RunFolder folder) {
    return new RunDashboard(settings, folder);
  }

  private Optional<DashboardServer> open(DashboardSettings settings, RunFolder folder) {
    ShownRun run =
        new ShownRun(
            ShownRun.idOf(folder.path().getFileName().toString()), folder.path(), () -> history);
    DashboardExtras extras =
        new DashboardExtras(controls.map(control -> control), Optional.of(prometheus));
    try {
      return Optional.of(DashboardServer.open(settings, List.of(run), extras));
    } catch (DashboardUnavailableException taken) {
      LOG.warn("{}", taken.getMessage());
      try {
        return Optional.of(DashboardServer.open(settings.onAnyPort(), List.of(run), extras));
      } catch (DashboardUnavailableException e) {
        LOG.warn("the run goes on without its dashboard", e);
        return Optional.empty();
      }
    }
  }

  /** Where it is, for a person. */
  Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    server.ifPresent(serving -> rows.put("dashboard", serving.link()));
    return rows;
  }

  /**
   * What feeds it, from here on; none if it is not served. A run that goes on from a checkpoint, be
   * it resumed or rolled back, begins another history with what its file still holds.
   */
  List<MetricSink> sinks() {
    if (server.isEmpty()) {
      return List.of();
    }
    History goingOn = new History(RunStatus.of(State.RUNNING));
    folder.ifPresent(earlier -> read(earlier, goingOn));
    history = goingOn;
    return List.of(new HistorySink(goingOn), prometheus);
  }

  private static void read(RunFolder folder, History into) {
    try {
      new JsonLinesReader(folder.metrics()).read(r -> into.add(r.report(), r.time()));
    } catch (IOException e) {
      LOG.warn("the dashboard does not show what came before", e);
    }
  }

  /**
   * The controls reach the run from now on.
   *
   * @param stop asks for a clean end
   */
  void started(ActorSystem<RunRoot.Command> system, CompletableFuture<Signals.Signal> stop) {
    controls.ifPresent(c -> c.reach(system, () -> stop.complete(Signals.Signal.INT)));
  }

  /** Tells pages how the run ended. */
  void ended(Outcome outcome) {
    State state = outcome == Outcome.FAILED ? State.FAILED : State.ENDED;
    history.status(new RunStatus(state, outcome.toString()));
  }

  @Override
  public void close() {
    server.ifPresent(DashboardServer::close);
  }
}
