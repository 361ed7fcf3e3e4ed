package io.limber.app.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.console.Terminal;
import io.limber.app.history.RunStatus;
import io.limber.app.run.RunFolder;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopTest {

  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path temporary;

  private final StringWriter out = new StringWriter();
  private Path folder;
  private JsonLinesSink sink;
  private Instant now = TIME;

  @BeforeEach
  void startARun() throws IOException {
    folder = Files.createDirectory(temporary.resolve("my-run"));
    Files.writeString(folder.resolve("config.conf"), "limber.run.updates = 4000");
    sink = new JsonLinesSink(folder.resolve("metrics.jsonl"));
  }

  @Test
  void screen_ofARunThatGoesOn_showsWhatMatters() throws IOException {
    for (int i = 1; i <= 4; i++) {
      report("environment-0", 500 * i, Map.of(Metric.ENVIRONMENT_MEAN_REWARD, 0.25 * i));
    }
    report("learner-0", 2000, Map.of(Metric.LEARNER_UPDATES_PER_SECOND, 200.0));
    report("replay-0", 2000, Map.of(Metric.REPLAY_SAMPLE_BLOCKED, 1.5));
    report("probe-0", 2000, Map.of(Metric.PROBE_COMPLETED, 2.0, Metric.PROBE_LAG, 300.0));
    report("jsonl", 2000, Map.of(Metric.QUEUE_DEPTH, 3.0, Metric.QUEUE_DROPPED, 1.0));
    report("metrics-0", 2000, Map.of(Metric.PROCESS_RESIDENT_MEMORY, 1024.0 * 1024 * 1024));
    Files.writeString(
        folder.resolve("alerts.jsonl"),
        "{\"alert\":\"a\",\"source\":\"x\",\"state\":\"firing\",\"text\":\"limber my-run: a fires\"}\n");

    assertThat(top(true).show().isOver()).isFalse();

    assertThat(plain())
        .isEqualTo(
            """
            my-run  running
            updates      2,000 of 4,000 (50%), 0s, 10s left
            reward       1.000     ▁▃▆█
            rates        200 updates/s
            replay       learner waited 1.5 s
            probe-0      2 done  lag 300
            queues       jsonl 3 (1 lost)
            machine      memory 1.0 GiB
            alerts       1 firing
              ! a fires
            """);
  }

  @Test
  void screen_onANarrowTerminal_staysWithinIt() throws IOException {
    for (int i = 0; i < 1000; i++) {
      report("environment-0", i, Map.of(Metric.ENVIRONMENT_MEAN_REWARD, i / 1000.0));
    }
    top(true, 40).show();

    assertThat(plain().lines()).allMatch(line -> line.length() < 40);
    assertThat(plain()).contains("▁▁▂▂▂▃▃▄▄▅▅▆▆▇▇█");
  }

  @Test
  void screen_ofASilentRun_saysForHowLong() throws IOException {
    report("learner-0", 1000, Map.of(Metric.LEARNER_LOSS, 1.0));
    now = TIME.plusSeconds(75);
    top(true).show();

    assertThat(plain()).startsWith("my-run  running, no report for 1m 15s\n");
  }

  @Test
  void screen_drawnAgain_overwritesTheOneBefore() throws IOException {
    Top top = top(true);
    top.show();
    int first = out.toString().length();
    report("learner-0", 1000, Map.of(Metric.LEARNER_LOSS, 1.0));
    top.show();

    assertThat(out.toString().substring(first)).startsWith("\u001b[H").doesNotContain("\u001b[2J");
    assertThat(out.toString()).contains("1,000 of 4,000 (25%)");
  }

  @Test
  void lines_elsewhere_holdNoControlCharacters() throws IOException {
    report("learner-0", 1000, Map.of(Metric.LEARNER_LOSS, 1.0));
    top(false).show();

    assertThat(out.toString())
        .isEqualTo("running  1,000 of 4,000 (25%), 0s  loss 1.000  0 alerts\n");
  }

  @Test
  void follow_ofARunThatEnds_ends() throws IOException {
    report("learner-0", 4000, Map.of(Metric.LEARNER_LOSS, 1.0));
    Files.writeString(
        folder.resolve("summary.json"), "{\"outcome\":\"failed\",\"updates\":100,\"seconds\":1}");
    top(false).follow();

    assertThat(out.toString())
        .isEqualTo("failed  4,000 of 4,000 (100%), 0s  loss 1.000  0 alerts\n");
  }

  @Test
  void follow_ofARunThatWasKilled_saysSoAndEnds() throws IOException, InterruptedException {
    report("learner-0", 1000, Map.of(Metric.LEARNER_LOSS, 1.0));
    Process killed = new ProcessBuilder("true").start();
    killed.waitFor();
    Files.writeString(
        folder.resolve("run.lock"),
        "{\"pid\":%d,\"host\":\"%s\",\"started\":\"%s\"}"
            .formatted(killed.pid(), InetAddress.getLocalHost().getHostName(), TIME));
    RunStatus status = top(false).follow();

    assertThat(status.state()).isEqualTo(RunStatus.State.GONE);
    assertThat(out.toString())
        .isEqualTo(
            ("gone, killed: process %d is gone, without summary.json (limber resume goes on)"
                    + "  1,000 of 4,000 (25%%), 0s  loss 1.000  0 alerts\n")
                .formatted(killed.pid()));
  }

  @Test
  void curve_ofAMillionValues_keepsItsShape() {
    Curve curve = new Curve();
    for (int i = 0; i < 1_000_000; i++) {
      curve.add(i);
    }
    double[] means = curve.resampled(10);

    assertThat(means).hasSize(10);
    for (int i = 0; i < 10; i++) {
      // a tenth has 100,000 values around its middle; a point is at most 8192 of them
      assertThat(means[i]).isBetween(1e5 * i + 4e4, 1e5 * i + 6e4);
    }
  }

  private Top top(boolean terminal) {
    return top(terminal, 80);
  }

  private Top top(boolean terminal, int columns) {
    return new Top(
        RunFolder.existing(folder),
        new PrintWriter(out),
        new Terminal(terminal, false, columns),
        true,
        () -> now);
  }

  private void report(String source, long step, Map<Metric, Double> values) throws IOException {
    for (Report report : Report.split(source, step, values)) {
      sink.accept(report, TIME);
    }
  }

  private String plain() {
    return out.toString().replaceAll("\u001b\\[[0-9]*[A-Z]", "");
  }
}
