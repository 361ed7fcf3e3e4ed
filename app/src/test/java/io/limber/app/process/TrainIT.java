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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as users start it, on a network and a probe that are quickly done. */
class TrainIT {

  @TempDir private Path folder;

  @Test
  void train_toItsEnd_leavesACompleteRunFolderAndOneJsonObject() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process = train(run, "200", "--json")) {
      assertThat(process.awaitExit()).as(errors()).isZero();

      assertThat(process.output()).hasSize(1);
      Config summary = json(process.output().get(0));
      assertThat(summary.getString("outcome")).isEqualTo("completed");
      assertThat(summary.getLong("updates")).isEqualTo(200);
      assertThat(summary.getLong("target-updates")).isEqualTo(2);
      assertThat(summary.getDouble("evaluation-mean-reward")).isBetween(0.0, 1.0);
      assertThat(summary.getLong("probes-failed")).isZero();
      assertThat(summary.getString("run-folder")).isEqualTo(run.toString());
    }
    assertRunFolderIsWhole(run);
    assertThat(SnapshotCodec.load(run.resolve("snapshots/final.limber")).step()).isEqualTo(200);
  }

  @Test
  void train_inLockstepTwiceWithAllProbes_measuresTheSame() throws Exception {
    List<String> sets = new ArrayList<>();
    for (String set :
        List.of(
            "run.mode=lockstep",
            "probe.schedule.hessian=100",
            "probe.schedule.gradient-covariance=100",
            "probe.schedule.landscape=100",
            "probe.schedule.statistics=100",
            "hessian.transitions=64",
            "gradient-covariance.examples=32",
            "landscape.transitions=64",
            "landscape.grid-points=5",
            "statistics.transitions=64")) {
      sets.addAll(List.of("--set", set));
    }
    for (String name : List.of("first", "second")) {
      try (JavaProcess process = train(folder.resolve(name), "200", sets.toArray(String[]::new))) {
        assertThat(process.awaitExit()).as(errors()).isZero();
      }
    }

    List<String> first = reproducible(folder.resolve("first"));
    assertThat(reproducible(folder.resolve("second"))).isEqualTo(first);
    for (String probe :
        List.of("plasticity", "hessian", "gradient-covariance", "landscape", "statistics")) {
      // at steps 0, 100 and 200
      assertThat(first).filteredOn(line -> line.contains("\"probe-" + probe + "\"")).hasSize(3);
      assertThat(folder.resolve("first/probes/" + probe + "-200.json")).isNotEmptyFile();
    }
    assertSameFiles(folder.resolve("first/probes"), folder.resolve("second/probes"));
  }

  /** The lines that no clock has a part in, without their times. */
  private static List<String> reproducible(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> !line.contains("\"wall\":true"))
        .map(line -> line.substring(line.indexOf("\"source\"")))
        .toList();
  }

  private static void assertSameFiles(Path one, Path other) throws IOException {
    assertThat(other.toFile().list()).containsExactlyInAnyOrder(one.toFile().list());
    for (String name : one.toFile().list()) {
      assertThat(other.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
    }
  }

  @Test
  void interrupt_whileTraining_endsCleanlyWithItsOwnCode() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process = train(run, "100000000")) {
      process.awaitLine(line -> line.matches("train +0% .*updates/s.*"));

      process.signal("INT");

      assertThat(process.awaitExit()).as(errors()).isEqualTo(130);
      assertThat(process.output())
          .anyMatch(line -> line.strip().equals("outcome         interrupted"));
    }
    assertRunFolderIsWhole(run);
    assertThat(json(Files.readString(run.resolve("summary.json"))).getString("outcome"))
        .isEqualTo("interrupted");
  }

  private void assertRunFolderIsWhole(Path run) throws IOException {
    assertThat(run.resolve("config.conf")).isNotEmptyFile();
    assertThat(run.resolve("run.log")).isNotEmptyFile();
    assertThat(run.resolve("summary.json")).isNotEmptyFile();
    assertThat(run.resolve("events")).isNotEmptyDirectory();
    String metrics = Files.readString(run.resolve("metrics.jsonl"));
    assertThat(metrics).endsWith("}\n");
    assertThat(metrics.lines()).isNotEmpty().allSatisfy(line -> json(line).getConfig("values"));
  }

  private JavaProcess train(Path run, String updates, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--updates", updates, "--run-dir", run.toString(), "--device", "cpu"));
    for (String set :
        List.of(
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=100",
            "learner.target-update-period=100",
            "plasticity.steps=10",
            "plasticity.transitions=64",
            "probe.schedule.plasticity=100",
            "run.report-period=100",
            "run.system-report-interval=100ms",
            "run.evaluation-steps=64",
            "progress-interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve("errors"), arguments);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  private static Config json(String text) {
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }
}
