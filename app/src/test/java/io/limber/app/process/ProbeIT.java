package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.limber.app.Main;
import io.limber.protos.SnapshotCodec;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that keeps what it measured, and the program that measures it once more. */
class ProbeIT {

  private static final String PLASTICITY = "plasticity-200.values.json";

  @TempDir private Path folder;

  @Test
  void probe_ofALockstepRun_givesItsNumbersBitForBit() throws Exception {
    Path run = folder.resolve("run");
    succeed(trainArguments(run));
    Config online = lastMeasurement(run);
    Path snapshot = run.resolve("snapshots/200/parameters.limber");
    byte[] before = Files.readAllBytes(snapshot);

    Config summary = json(succeed(probeArguments(run, "--json")).get(0));

    Config offline = json(Files.readString(run.resolve("snapshots/200/" + PLASTICITY)));
    assertThat(offline.getString("transitions-origin")).isEqualTo("stored");
    assertThat(offline.getConfig("values")).isEqualTo(online);
    assertThat(summary.getConfigList("measurements").get(0).getConfig("values")).isEqualTo(online);
    assertThat(Files.readAllBytes(snapshot)).isEqualTo(before);

    Path fresh = folder.resolve("fresh");
    Path last = run.resolve("snapshots/final.limber");
    succeed(probeArguments(last, "--out", fresh.toString()));

    Config other = json(Files.readString(fresh.resolve(PLASTICITY)));
    assertThat(other.getString("transitions-origin")).isEqualTo("fresh");
    assertThat(other.getConfig("values").entrySet()).hasSameSizeAs(online.entrySet());

    assertRefusals(last);
  }

  private void assertRefusals(Path snapshot) throws Exception {
    String name = snapshot.toString();
    refuse(2, "there is no probe sharpness, only", probeArguments(snapshot, "--measure=sharpness"));
    refuse(
        2,
        name + ": the snapshot is of 28x28x1-flatten-dense8",
        probeArguments(snapshot, "--set", "network.hidden-widths=[9]"));
    byte[] whole = Files.readAllBytes(snapshot);
    Files.write(snapshot, Arrays.copyOf(whole, whole.length - 1));
    refuse(3, name + ": it is truncated", probeArguments(snapshot));
    assertThat(SnapshotCodec.load(snapshot.resolveSibling("200/parameters.limber")).step())
        .isEqualTo(200);
  }

  @Test
  void interrupt_whileMeasuring_endsCleanlyWithItsOwnCode() throws Exception {
    Path run = folder.resolve("run");
    succeed(trainArguments(run));
    Path out = folder.resolve("out");
    List<String> arguments =
        probeArguments(run, "--out", out.toString(), "--set", "plasticity.steps=2000000");
    try (JavaProcess process = JavaProcess.start(folder.resolve("errors"), arguments)) {
      process.awaitLine(line -> line.startsWith("plasticity "));

      process.signal("INT");

      assertThat(process.awaitExit()).as(errors()).isEqualTo(130);
      assertThat(process.output()).anyMatch(line -> line.contains("stopped by SIGINT"));
    }
    assertThat(out).doesNotExist();
  }

  private List<String> succeed(List<String> arguments) throws Exception {
    try (JavaProcess process = JavaProcess.start(folder.resolve("errors"), arguments)) {
      assertThat(process.awaitExit()).as(errors()).isZero();
      return process.output();
    }
  }

  private void refuse(int code, String message, List<String> arguments) throws Exception {
    try (JavaProcess process = JavaProcess.start(folder.resolve("errors"), arguments)) {
      assertThat(process.awaitExit()).as(errors()).isEqualTo(code);
    }
    assertThat(errors()).contains("limber: ", message);
  }

  private Config lastMeasurement(Path run) throws IOException {
    try (var lines = Files.lines(run.resolve("metrics.jsonl"))) {
      return lines
          .map(ProbeIT::json)
          .filter(line -> line.getString("source").equals("probe-plasticity"))
          .filter(line -> line.getLong("step") == 200)
          .map(line -> line.getConfig("values"))
          .filter(values -> values.hasPath("\"plasticity/plasticity\""))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> trainArguments(Path run) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--updates", "200", "--run-dir", run.toString(), "--device", "cpu"));
    for (String set :
        List.of(
            "run.mode=lockstep",
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=100",
            "replay.tolerance=0",
            "learner.target-update-period=100",
            "plasticity.steps=10",
            "plasticity.transitions=64",
            "probe.schedule.plasticity=100",
            "run.report-period=100",
            "run.evaluation-steps=64",
            "progress-interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    return arguments;
  }

  private static List<String> probeArguments(Path snapshot, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "probe"));
    arguments.addAll(List.of("--snapshot", snapshot.toString(), "--measure", "plasticity"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  private static Config json(String text) {
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }
}
