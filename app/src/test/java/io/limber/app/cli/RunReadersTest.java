package io.limber.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that read a run's folder: export, compare, top. */
class RunReadersTest {

  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path first;
  private Path second;

  @BeforeEach
  void writeTwoRuns() throws IOException {
    first = run("first", 1, 0.25, 0.9);
    second = run("second", 2, Double.NaN, 0.4);
    Files.writeString(
        first.resolve("summary.json"),
        "{\"outcome\":\"completed\",\"updates\":2000,\"seconds\":10}");
  }

  private Path run(String name, int seed, double loss, double plasticity) throws IOException {
    Path run = Files.createDirectory(folder.resolve(name));
    Files.writeString(
        run.resolve("config.conf"), "limber { seed = " + seed + ", run.updates = 2000 }");
    JsonLinesSink sink = new JsonLinesSink(run.resolve("metrics.jsonl"));
    report(sink, 0, Report.of("learner-0", 1000, Map.of(Metric.LEARNER_LOSS, 0.5)));
    report(sink, 1, Report.of("learner-0", 2000, Map.of(Metric.LEARNER_LOSS, loss)));
    report(sink, 9, Report.of("probe-0", 2000, Map.of(Metric.PLASTICITY, plasticity)));
    sink.close();
    return run;
  }

  private static void report(JsonLinesSink sink, int second, Report report) throws IOException {
    sink.accept(report, TIME.plusSeconds(second));
  }

  @Test
  void export_asCsv_isOneRowForEachValue() {
    assertThat(execute("export", second.toString())).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            step,time,source,metric,value
            1000,2026-01-31T12:00:00Z,learner-0,learner/loss,0.5
            2000,2026-01-31T12:00:01Z,learner-0,learner/loss,NaN
            2000,2026-01-31T12:00:09Z,probe-0,plasticity/plasticity,0.4
            """);
  }

  @Test
  void export_asJson_isAnArrayThatParses() {
    assertThat(execute("export", second.toString(), "--format", "json", "--metric", "learner"))
        .isZero();

    Config parsed = ConfigFactory.parseString("{rows = " + out + "}");
    assertThat(parsed.getConfigList("rows"))
        .extracting(row -> row.getLong("step") + " " + row.getAnyRef("value"))
        .containsExactly("1000 0.5", "2000 NaN");
  }

  @Test
  void export_ofNothing_isStillAWholeDocument() {
    assertThat(execute("export", first.toString(), "--format", "json", "--metric", "queue"))
        .isZero();

    assertThat(out.toString()).isEqualTo("[\n]\n");
  }

  @Test
  void export_toAFile_saysHowMuch() {
    Path file = folder.resolve("out/plasticity.csv");

    assertThat(
            execute(
                "export", first.toString(), "--metric", "plasticity", "--output", file.toString()))
        .isZero();

    assertThat(file).content().endsWith(",probe-0,plasticity/plasticity,0.9\n");
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("1 rows in " + file);
  }

  @Test
  void export_ofADamagedFile_saysWhatWasLeftOut() throws IOException {
    Path metrics = first.resolve("metrics.jsonl");
    Files.writeString(metrics, "torn\n" + Files.readString(metrics));

    assertThat(execute("export", first.toString())).isZero();

    assertThat(out.toString().lines()).hasSize(4);
    assertThat(err.toString()).contains("left out 1 damaged lines");
  }

  @Test
  void export_ofAnUnknownMetric_namesTheNearest() {
    assertThat(execute("export", first.toString(), "--metric", "learner/los")).isEqualTo(2);

    assertThat(err.toString())
        .contains("metric learner/los must be")
        .contains("nearest: learner/loss");
  }

  @Test
  void commands_onAFolderThatIsNoRun_sayWhatIsMissing() {
    for (String command : new String[] {"export", "compare", "top"}) {
      assertThat(execute(command, folder.toString())).isEqualTo(2);
    }

    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(
            line -> line.contains(folder + " must be that of a run, but holds no config.conf"));
  }

  /** Otherwise it would serve the other one, and nobody would notice. */
  @Test
  void dashboard_ofARunAndAFolderThatIsNone_isRefusedByTheFoldersName() {
    Path nowhere = folder.resolve("nowhere");

    assertThat(execute("dashboard", first.toString(), nowhere.toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("RUN = " + nowhere + " must be the folder of a run, with config.conf");
  }

  @Test
  void compare_ofTwoRuns_showsValuesAndWhatDiffers() {
    assertThat(execute("compare", first.toString(), second.toString())).isZero();

    assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .containsExactly(
            "first | second",
            "outcome | completed | no summary",
            "time | 9s | 9s",
            "loss, last | 0.2500 | NaN",
            "loss, lowest | 0.2500 | 0.5000",
            "plasticity, first | 0.9000 | 0.4000",
            "plasticity, last | 0.9000 | 0.4000",
            "plasticity, lowest | 0.9000 | 0.4000",
            "",
            "Configuration, where it differs",
            "limber.seed | 1 | 2");
  }

  @Test
  void compare_asJson_hasEveryMetric() {
    assertThat(execute("compare", first.toString(), second.toString(), "--json")).isZero();

    var runs = ConfigFactory.parseString(out.toString()).getConfigList("runs");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).getDouble("metrics.\"learner/loss\".last")).isEqualTo(0.25);
    assertThat(runs.get(1).getInt("metrics.\"learner/loss\".not-finite")).isEqualTo(1);
    assertThat(runs.get(1).getString("config-differences.\"limber.seed\"")).isEqualTo("2");
  }

  @Test
  void compare_ofARunWithItself_findsNoDifference() {
    assertThat(execute("compare", first.toString(), first.toString())).isZero();

    assertThat(out.toString()).contains("The configurations are equal.");
  }

  @Test
  void compare_ofADamagedConfig_namesTheFile() throws IOException {
    Files.writeString(second.resolve("config.conf"), "limber {");

    assertThat(execute("compare", first.toString(), second.toString())).isEqualTo(3);

    assertThat(err.toString()).contains(second.resolve("config.conf") + " cannot be read");
  }

  @Test
  void top_ofAFinishedRun_showsItOnceAndEnds() throws IOException {
    Files.writeString(
        first.resolve("alerts.jsonl"),
        """
        {"alert":"c","source":"x","state":"firing","text":"limber first: c fires"}
        {"state":"restarted"}
        {"alert":"a","source":"x","state":"firing","text":"limber first: a fires"}
        {"alert":"a","source":"x","state":"over","text":"limber first: a is over"}
        {"alert":"b","source":"x","state":"firing","text":"limber first: b fires"}
        """);

    assertThat(execute("top", first.toString())).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "alert: c fires",
            "alert: all over, since the run was resumed",
            "alert: a fires",
            "alert: a is over",
            "alert: b fires",
            "completed  2,000 of 2,000 (100%), 9s  loss 0.2500  plasticity 0.900  1 alerts");
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Limber.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
