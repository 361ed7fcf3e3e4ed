package io.limber.app.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.run.AgentSource;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunConsole;
import io.limber.app.run.Signals;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.probe.Probe;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.SnapshotCodec;
import io.limber.protos.SnapshotFolder;
import io.limber.protos.TransitionsCodec;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeParameters;
import io.limber.testkit.FakeProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineProbeTest {

  private static final int WANTED = 6;
  private static final TransitionSpec SPEC = new TransitionSpec(28 * 28);
  private static final String VALUE = "plasticity/plasticity";

  @TempDir private Path folder;

  private final StringWriter text = new StringWriter();
  private final CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
  private final FakeAgentFactory agent =
      new FakeAgentFactory(4, 5)
          .withProbeTransitions(WANTED)
          .withProbe("alpha", FakeProbe.Script.NOTHING)
          .withProbe("beta", FakeProbe.Script.NOTHING);
  private ParameterLayout configured = FakeParameters.LAYOUT;
  private SnapshotFolder kept;
  private Path out;

  @BeforeEach
  void setUp() throws IOException {
    kept = SnapshotFolder.of(folder.resolve("snapshots"), 10);
    out = folder.resolve("out");
    kept.save(FakeParameters.agent(10, 1));
  }

  @AfterEach
  void everythingIsClosed() {
    assertThat(agent.open()).isZero();
  }

  @Test
  void run_onStoredTransitions_givesTheNumbersOfTheRunBitForBit() throws IOException {
    Transitions seen = transitions(WANTED);
    TransitionsCodec.save(seen, kept.transitions("alpha"));
    double online;
    try (Probe probe = agent.createProbe("alpha")) {
      List<Measurement> all =
          probe.measure(FakeParameters.agent(10, 1), seen, Probe.Progress.IGNORED).measurements();
      online = all.get(0).value();
    }

    ProbeSummary summary = run("alpha");

    assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(json("alpha").getDouble("values.\"" + VALUE + "\"")).isEqualTo(online);
    assertThat(json("alpha").getString("transitions-origin")).isEqualTo("stored");
    assertThat(Files.readAllLines(out.resolve("alpha-10.values.csv")))
        .containsExactly("metric,step,value,unit", VALUE + ",10," + online + ",squared target");
    assertThat(text.toString()).contains("6 stored transitions of the run", VALUE);
  }

  @Test
  void run_withoutStoredTransitions_drawsTheSameFreshOnesEachTimeAndSaysSo() throws IOException {
    run("alpha");
    String first = Files.readString(out.resolve("alpha-10.values.json"));

    run("alpha");

    assertThat(Files.readString(out.resolve("alpha-10.values.json"))).isEqualTo(first);
    assertThat(json("alpha").getString("transitions-origin")).isEqualTo("fresh");
    assertThat(text.toString())
        .contains("6 fresh transitions of the greedy policy: the snapshot has none for this");
  }

  @Test
  void run_withTooFewStoredTransitions_drawsFreshOnesAndSaysWhy() throws IOException {
    TransitionsCodec.save(transitions(WANTED - 1), kept.transitions("alpha"));

    run("alpha");

    assertThat(text.toString()).contains("the snapshot has no more than 5");
    assertThat(json("alpha").getString("transitions-origin")).isEqualTo("fresh");
  }

  @Test
  void run_ofAnUnknownMeasurement_listsThoseThereAreAndWritesNothing() {
    assertThatThrownBy(() -> run("alpha", "gamma"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("--measure: no probe gamma, there are ")
        .hasMessageContaining("alpha")
        .hasMessageContaining("beta");
    assertThat(out).doesNotExist();
  }

  @Test
  void run_ofAnotherArchitecture_namesBoth() {
    configured = new ParameterLayout("other", List.of(new ParameterLayout.Tensor("a", List.of(7))));

    assertThatThrownBy(() -> run("alpha"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(kept.parameters().toString())
        .hasMessageContaining("is of fake (4 parameters)")
        .hasMessageContaining("describes other (7 parameters)");
    assertThat(out).doesNotExist();
  }

  @Test
  void run_ofParametersThatAreNotFinite_namesTheFirst() throws IOException {
    ParameterSnapshot diverged =
        ParameterSnapshot.owning(10, FakeParameters.LAYOUT, new float[] {1, 2, Float.NaN, 3});
    SnapshotCodec.save(diverged, kept.parameters());

    assertThatThrownBy(() -> run("alpha"))
        .isInstanceOf(UnusableSnapshotException.class)
        .hasMessageContaining("parameter 2 of dense-0/kernel is NaN");
  }

  @Test
  void run_onDamagedTransitions_isRefusedRatherThanMeasuredOtherwise() throws IOException {
    Path file = kept.transitions("alpha");
    TransitionsCodec.save(transitions(WANTED), file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> run("alpha"))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(file + ": ");
    assertThat(out).doesNotExist();
  }

  @Test
  void run_interrupted_keepsWhatIsFinishedAndNothingElse() throws IOException {
    agent.withProbe(
        "beta",
        (step, progress) -> {
          stop.complete(Signals.Signal.INT);
          progress.at(0.75);
        });

    ProbeSummary summary = run("alpha", "beta", "alpha");

    assertThat(summary.outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(files())
        .containsExactly(
            "alpha-10-sum.csv", "alpha-10.json", "alpha-10.values.csv", "alpha-10.values.json");
    assertThat(text.toString()).contains("not finished", "stopped by SIGINT");
  }

  @Test
  void run_inWhichALossIsNotFinite_measuresTheOthersAndFails() throws IOException {
    agent.withProbe(
        "alpha",
        (step, progress) -> {
          throw new ArithmeticException("the loss of target 0 is NaN");
        });

    ProbeSummary summary = run("alpha", "beta");

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary.failures()).containsEntry("alpha", "the loss of target 0 is NaN");
    assertThat(files())
        .containsExactly(
            "beta-10-sum.csv", "beta-10.json", "beta-10.values.csv", "beta-10.values.json");
  }

  @Test
  void run_withoutNames_measuresWhatIsScheduled() {
    assertThatThrownBy(this::run)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("no probe plasticity"); // the shipped schedule; a fake has no such
  }

  @Test
  void run_ofASnapshotWithoutTargetAndOptimiser_saysSo() throws IOException {
    kept.deleteAgent();
    SnapshotCodec.save(FakeParameters.snapshot(10, 1), kept.parameters());

    run("alpha");

    assertThat(json("alpha").getString("target-network")).isEqualTo("missing");
    assertThat(json("alpha").getString("optimizer-state")).isEqualTo("missing");
    assertThat(text.toString()).contains("TD losses bootstrap with the online one");
  }

  @Test
  void run_ofADamagedTargetNetwork_isRefusedRatherThanMeasuredOtherwise() throws IOException {
    byte[] bytes = Files.readAllBytes(kept.target());
    bytes[bytes.length - 1] ^= 1;
    Files.write(kept.target(), bytes);

    assertThatThrownBy(() -> run("alpha"))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(kept.target() + ": ");
    assertThat(out).doesNotExist();
  }

  private ProbeSummary run(String... names) throws IOException {
    EffectiveConfig config =
        EffectiveConfig.resolve(
            new ConfigSources(
                Optional.empty(),
                List.of(),
                List.of(Assignment.parse("--set", "environments.per-actor=4"))));
    AgentSource source =
        (settings, random, observations, actions, programs) ->
            new AgentSource.Agent(agent, configured, FakeParameters.OPTIMIZER);
    RunConsole console = new RunConsole(new PrintWriter(text, true), false, 80);
    return new OfflineProbe(config, source, console, stop)
        .run(SnapshotFile.find(kept.path()), List.of(names), out);
  }

  private Config json(String probe) throws IOException {
    return ConfigFactory.parseString(Files.readString(out.resolve(probe + "-10.values.json")));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Transitions transitions(int rows) {
    Transitions transitions = new Transitions(SPEC, rows);
    for (int i = 0; i < rows; i++) {
      transitions.sTm1().put(i * SPEC.observationBytes(), (byte) (3 * i + 1));
    }
    transitions.setSize(rows);
    return transitions;
  }
}
