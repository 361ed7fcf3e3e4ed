package io.limber.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.limber.core.config.Section;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSinkTest {

  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path temporary;

  private Path run;
  private Instant now = START;

  @BeforeEach
  void nameTheRun() {
    run = temporary.resolve("my-run");
  }

  @Test
  void threshold_thatIsCrossed_firesOnceAndIsOverLater() throws IOException {
    AlertSink sink = sink("lag { metric = probe/lag, condition = \"> 10\" }");

    lag(sink, "probe-0", 100, 5);
    assertThat(file()).isEmpty();
    lag(sink, "probe-0", 200, 15);
    lag(sink, "probe-0", 300, 16);
    lag(sink, "probe-0", 400, 7);
    sink.close();

    assertThat(file())
        .containsExactly(
            "{\"time\":\"2026-01-31T12:00:00Z\",\"run\":\"my-run\",\"alert\":\"lag\","
                + "\"state\":\"firing\",\"metric\":\"probe/lag\",\"source\":\"probe-0\",\"condition\":\">"
                + " 10\",\"step\":200,\"value\":15.0,\"text\":\"limber my-run: lag fires: probe/lag"
                + " of probe-0 is 15 at step 200 (> 10)\"}",
            "{\"time\":\"2026-01-31T12:00:00Z\",\"run\":\"my-run\",\"alert\":\"lag\","
                + "\"state\":\"over\",\"metric\":\"probe/lag\",\"source\":\"probe-0\",\"condition\":\">"
                + " 10\",\"step\":400,\"value\":7.0,\"text\":\"limber my-run: lag is over:"
                + " probe/lag of probe-0 is 7 at step 400 (> 10)\"}");
  }

  @Test
  void threshold_thatMustHoldForAWhile_firesByTheClock() throws IOException {
    AlertSink sink = sink("lag { metric = probe/lag, condition = \"> 10\", for = 30s }");
    lag(sink, "probe-0", 100, 15);

    pass(29);
    sink.flush();
    assertThat(firing()).isEmpty();
    pass(1);
    sink.flush();
    assertThat(firing()).containsExactly("probe-0");
  }

  @Test
  void threshold_thatDoesNotHoldForLong_startsOver() throws IOException {
    AlertSink sink = sink("lag { metric = probe/lag, condition = \"> 10\", for = 30s }");
    lag(sink, "probe-0", 100, 15);
    pass(29);
    lag(sink, "probe-0", 200, 5);
    lag(sink, "probe-0", 300, 15);

    pass(29);
    sink.flush();
    assertThat(firing()).isEmpty();
  }

  @Test
  void missing_whenNothingComesForLong_firesUntilSomethingDoes() throws IOException {
    AlertSink sink = sink("silent { metric = probe/lag, condition = missing, for = 60s }");
    pass(120);
    sink.flush();
    assertThat(firing()).isEmpty(); // there was none yet: perhaps the probe is off

    lag(sink, "probe-0", 100, 1);
    pass(40);
    lag(sink, "probe-0", 200, 1);
    pass(59);
    sink.flush();
    assertThat(firing()).isEmpty();
    pass(1);
    sink.flush();
    assertThat(firing()).containsExactly("probe-0");
    lag(sink, "probe-0", 300, 1);
    assertThat(firing()).isEmpty();
  }

  @Test
  void metrics_ofARule_comeAtFirstAndWhenItChanges() throws IOException {
    AlertSink sink = sink("lag { metric = probe/lag, condition = \"> 10\" }");

    assertThat(sink.reports(5)).containsExactly(report(0, 0, 0));
    assertThat(sink.reports(5)).isEmpty();
    lag(sink, "probe-0", 100, 15);
    lag(sink, "probe-1", 200, 15);
    assertThat(sink.reports(300)).containsExactly(report(200, 1, 2));
    lag(sink, "probe-0", 400, 5);
    assertThat(sink.reports(400)).containsExactly(report(400, 1, 2)); // the other still fires
    lag(sink, "probe-1", 500, 5);
    assertThat(sink.reports(500)).containsExactly(report(500, 0, 2));
  }

  @Test
  void file_ofAResumedRun_saysThatTheRulesBeginAnew() throws IOException {
    AlertSink before = sink("lag { metric = probe/lag, condition = \"> 10\" }");
    lag(before, "probe-0", 100, 15);
    before.close();

    AlertSink after = sink("lag { metric = probe/lag, condition = \"> 10\" }");
    lag(after, "probe-0", 200, 5);
    after.close();

    assertThat(file())
        .hasSize(2)
        .last()
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00Z\",\"run\":\"my-run\",\"state\":\"restarted\"}");
  }

  @Test
  void sources_withoutEnd_areWatchedUpToABound() throws IOException {
    AlertSink sink = sink("lag { metric = probe/lag, condition = \"> 10\" }");
    for (int i = 0; i < 2 * AlertSink.MAX_SOURCES; i++) {
      lag(sink, "probe-" + i, 100, 15);
    }

    assertThat(firing()).hasSize(AlertSink.MAX_SOURCES);
  }

  @Test
  void defaults_onARunGoneWrong_fireByName() throws IOException {
    AlertSink sink = sink("");
    accept(sink, Report.of("learner-0", 1, Map.of(Metric.LEARNER_LOSS, Double.NaN)));
    for (int step = 0; step <= 50_000; step += 10_000) {
      double value = 0.9 - 0.4 * step / 50_000;
      accept(sink, Report.of("probe-0", step, Map.of(Metric.PLASTICITY, value)));
    }
    accept(sink, Report.of("metrics-0", 1, Map.of(Metric.PROCESS_DISK_FREE, 1e9)));
    accept(sink, Report.of("probe-0", 1, Map.of(Metric.PROBE_LAG, 60_000.0)));
    Map<Metric, Double> failed = Map.of(Metric.CHECKPOINT_FAILURES_IN_A_ROW, 1.0);
    accept(sink, Report.of("checkpoints-0", 1, failed));
    for (int second = 0; second <= 120; second += 2) {
      double blocked = 0.99 * second;
      accept(sink, Report.of("replay-0", 1, Map.of(Metric.REPLAY_SAMPLE_BLOCKED, blocked)));
      pass(2);
    }
    for (int step = 0; step <= 500_000; step += 50_000) {
      double bytes = 1e9 * (1 + 0.3 * step / 500_000);
      accept(sink, Report.of("metrics-0", step, Map.of(Metric.PROCESS_RESIDENT_MEMORY, bytes)));
      pass(60);
    }

    assertThat(file())
        .extracting(line -> field(line, "alert"))
        .containsExactlyInAnyOrder(
            "loss-not-finite",
            "plasticity-falling",
            "disk-space",
            "probe-lag",
            "replay-starving",
            "checkpoint-failing",
            "memory-growth");
  }

  @Test
  void defaults_onAHealthyRun_areSilent() throws IOException {
    AlertSink sink = sink("");
    for (int step = 0; step <= 600_000; step += 5_000) {
      accept(sink, Report.of("learner-0", step, Map.of(Metric.LEARNER_LOSS, 1.0 / (step + 1))));
      double wave = 0.8 + 0.05 * Math.sin(step / 7_000.0);
      accept(sink, Report.of("probe-0", step, Map.of(Metric.PLASTICITY, wave)));
      // the replay store fills, then memory is level
      double bytes = 1e9 + 3e8 * Math.min(1, step / 20_000.0);
      accept(sink, Report.of("metrics-0", step, Map.of(Metric.PROCESS_RESIDENT_MEMORY, bytes)));
      accept(
          sink,
          Report.of("replay-0", step, Map.of(Metric.REPLAY_SAMPLE_BLOCKED, 0.7 * step / 1_000)));
      pass(5);
    }

    assertThat(file()).isEmpty();
  }

  private AlertSink sink(String rules) {
    String off = rules.isEmpty() ? "" : "limber.alerts.rules = null\n";
    var config =
        ConfigFactory.parseString(off + "limber.alerts.rules {" + rules + "}")
            .withFallback(ConfigFactory.defaultReference());
    AlertSettings settings = AlertSettings.from(Section.of(config.resolve(), "limber"), Map.of());
    return new AlertSink(settings, run, () -> now);
  }

  private void lag(AlertSink sink, String source, long step, double value) throws IOException {
    accept(sink, Report.of(source, step, Map.of(Metric.PROBE_LAG, value)));
  }

  private void accept(AlertSink sink, Report report) throws IOException {
    sink.accept(report, now);
  }

  private void pass(long seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  private static Report report(long step, double firing, double fired) {
    return Report.of("lag", step, Map.of(Metric.ALERT_FIRING, firing, Metric.ALERT_FIRED, fired));
  }

  /** Sources for which a rule fires, as the file tells. */
  private Set<String> firing() throws IOException {
    Set<String> firing = new TreeSet<>();
    for (String line : file()) {
      if (field(line, "state").equals("firing")) {
        firing.add(field(line, "source"));
      } else {
        firing.remove(field(line, "source"));
      }
    }
    return firing;
  }

  private static String field(String json, String name) {
    return json.replaceFirst(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private List<String> file() throws IOException {
    Path file = run.resolve("alerts.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
