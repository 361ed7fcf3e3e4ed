package io.limber.app.probe;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import io.limber.app.console.ProgressView;
import io.limber.app.run.AgentSource;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunConsole;
import io.limber.app.run.Signals;
import io.limber.app.run.Task;
import io.limber.app.run.TemporaryFolder;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.core.replay.Transitions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Measures one saved snapshot with the probes of a run: same factory, same seed, and where the run
 * kept them the same transitions, so the same numbers. Blocks its thread; use it once.
 */
public final class OfflineProbe {

  private static final int PERCENT = 100;

  private final Settings settings;
  private final AgentSource agents;
  private final RunConsole console;
  private final Stop stop;
  private final List<ProbeReport> reports = new ArrayList<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * @param stop asks for a clean end: what is finished by then stays
   * @throws InvalidConfigException if a setting cannot work
   */
  public OfflineProbe(
      EffectiveConfig config,
      AgentSource agents,
      RunConsole console,
      CompletableFuture<Signals.Signal> stop) {
    this.settings = Settings.check(config.limber());
    this.agents = agents;
    this.console = console;
    this.stop = new Stop(stop);
  }

  /**
   * Measures.
   *
   * @param file the snapshot
   * @param measurements names; empty for all that the configuration schedules
   * @param out folder for the results
   * @throws InvalidConfigException if a measurement is unknown or none is named, or the snapshot is
   *     of another architecture than the configuration's
   * @throws UnusableSnapshotException if a parameter is not finite
   * @throws IOException if a file is damaged or cannot be read or written
   */
  public ProbeSummary run(SnapshotFile file, List<String> measurements, Path out)
      throws IOException {
    List<String> names = names(measurements);
    AgentSnapshot snapshot = file.load();
    SnapshotChecks.requireFinite(file, snapshot);
    Task task = Task.of(settings);
    try (TemporaryFolder programs = TemporaryFolder.create("probe")) {
      AgentSource.Agent agent =
          agents.open(
              settings, task.random(), task.observations(), task.actions(), programs.path());
      try {
        SnapshotChecks.requireLayout(file, snapshot, agent.layout());
        AgentSnapshot usable = usable(snapshot, agent.optimizer());
        Map<String, Object> facts = facts(file, usable, agent);
        try (OpenProbes probes = OpenProbes.of(agent.factory(), names)) {
          measureAll(file, usable, task, agent, probes, new ResultFiles(out, facts));
        }
        return new ProbeSummary(outcome(), facts, List.copyOf(reports), failures);
      } finally {
        agent.factory().close();
      }
    }
  }

  private List<String> names(List<String> measurements) {
    List<String> names =
        measurements.isEmpty() ? settings.run().probe().schedule().names() : measurements;
    if (names.isEmpty()) {
      throw new InvalidConfigException(
          List.of("--measure must name a measurement: limber.probe.schedule has none"));
    }
    return names.stream().distinct().toList();
  }

  /** Without the state of another optimiser than the configured one. */
  private static AgentSnapshot usable(AgentSnapshot snapshot, ParameterLayout configured) {
    return new AgentSnapshot(
        snapshot.online(),
        snapshot.target(),
        snapshot.optimizer().filter(state -> state.layout().equals(configured)));
  }

  private Map<String, Object> facts(
      SnapshotFile file, AgentSnapshot snapshot, AgentSource.Agent agent) {
    Map<String, Object> facts = new LinkedHashMap<>();
    ParameterLayout layout = snapshot.layout();
    facts.put("snapshot", file.path().toString());
    facts.put("snapshot-step", snapshot.step());
    facts.put("architecture", layout.architecture());
    facts.put("parameters", layout.size());
    facts.put("target-network", snapshot.target().isPresent() ? "stored" : "missing");
    facts.put("optimizer-state", snapshot.optimizer().isPresent() ? "stored" : "missing");
    facts.put("seed", settings.seed());
    facts.put("device", agent.factory().device());
    return facts;
  }

  private void measureAll(
      SnapshotFile file,
      AgentSnapshot snapshot,
      Task task,
      AgentSource.Agent agent,
      OpenProbes probes,
      ResultFiles files)
      throws IOException {
    Map<Probe, ProbeInput> inputs = new LinkedHashMap<>();
    for (Probe probe : probes.probes()) {
      inputs.put(probe, ProbeInput.of(file, probe, task.spec()));
    }
    console.table(
        "limber probe", ProbePlan.rows(file, snapshot, agent, task.spec(), inputs, files.folder()));
    FreshTransitions fresh = new FreshTransitions(settings, task, agent.factory());
    for (Map.Entry<Probe, ProbeInput> next : inputs.entrySet()) {
      if (!stop.isAsked()) {
        measure(next.getKey(), next.getValue(), snapshot, fresh, files);
      }
    }
  }

  private void measure(
      Probe probe,
      ProbeInput input,
      AgentSnapshot snapshot,
      FreshTransitions fresh,
      ResultFiles files)
      throws IOException {
    long start = System.nanoTime();
    try {
      Transitions transitions =
          input.stored().orElseGet(() -> fresh.draw(snapshot.online(), input.wanted(), stop));
      ProbeResult result = measure(probe, snapshot, transitions);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      List<String> names = files.write(probe.name(), snapshot.step(), input, result);
      ProbeReport report =
          new ProbeReport(probe.name(), snapshot.step(), input, result, duration, names);
      reports.add(report);
      console.table(report.title(), report.toRows());
    } catch (CancellationException e) {
      console.table(probe.name(), Map.of("not finished", e.getMessage()));
    } catch (ArithmeticException e) {
      failures.put(probe.name(), e.getMessage());
      console.table(probe.name(), Map.of("failed", e.getMessage()));
    }
  }

  private ProbeResult measure(Probe probe, AgentSnapshot snapshot, Transitions transitions) {
    Duration interval = settings.app().progressInterval();
    try (ProgressView view = console.progress(probe.name(), PERCENT, interval)) {
      return probe.measure(
          snapshot,
          transitions,
          done -> {
            stop.check();
            view.update((long) (PERCENT * done), "");
          });
    }
  }

  private Outcome outcome() {
    if (!failures.isEmpty()) {
      return Outcome.FAILED;
    }
    return stop.isAsked() ? Outcome.of(stop.signal().join()) : Outcome.COMPLETED;
  }
}
