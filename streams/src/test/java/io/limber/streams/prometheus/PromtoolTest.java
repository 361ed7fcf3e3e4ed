package io.limber.streams.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Prometheus' own checker says of our page and our rules, and what the rules do with values.
 */
class PromtoolTest {

  private static final Path RULES =
      Path.of(System.getenv("LIMBER_ROOT"), "conf", "grafana", "alerts.yml");

  @TempDir private Path folder;

  private record Said(int code, String text) {}

  @BeforeAll
  static void needsPromtool() {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool")));
    assumeTrue(
        installed,
        "no promtool on the PATH: Prometheus itself does not check our page and rules"
            + " (apt-get install prometheus)");
  }

  @Test
  void rules_ofTheFile_areTaken() throws Exception {
    Said said = promtool(Path.of("/dev/null"), "check", "rules", RULES.toString());

    assertThat(said.text()).contains("SUCCESS");
    assertThat(said.code()).isZero();
  }

  @Test
  void expressions_ofGrafanasDashboard_parse() throws Exception {
    List<String> expressions = new ArrayList<>();
    Path dashboard = RULES.resolveSibling("limber.json");
    try (JsonParser json = new JsonFactory().createParser(dashboard.toFile())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("expr")) {
          expressions.add(json.nextTextValue().replaceAll("\\$__rate_interval", "1m"));
        }
      }
    }
    StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
    for (int i = 0; i < expressions.size(); i++) {
      rules.append("      - {record: panel_").append(i).append(", expr: '");
      rules.append(expressions.get(i).replace("'", "''")).append("'}\n");
    }
    Path file = Files.writeString(folder.resolve("panels.yml"), rules.toString());
    Said said = promtool(Path.of("/dev/null"), "check", "rules", file.toString());

    assertThat(said.text()).contains("SUCCESS: " + expressions.size() + " rules found");
    assertThat(expressions).hasSizeGreaterThan(20);
  }

  /** It lints names as well, which would make it exit with 3: what it says then must be known. */
  @Test
  void page_ofEveryMetric_parses() throws Exception {
    PrometheusSink sink = new PrometheusSink();
    for (Metric metric : Metric.values()) {
      sink.accept(Report.of("all-0", 1, Map.of(metric, 1.0)), Instant.EPOCH);
    }
    Path page = Files.write(folder.resolve("page"), sink.render("text/plain").text());
    Said said = promtool(page, "check", "metrics");

    assertThat(said.text()).isEmpty();
    assertThat(said.code()).isZero();
  }

  /** Each alert of the file fires on values that call for it, and on no healthy ones. */
  @Test
  void alerts_fireOnWhatTheyAreFor_andNotOnAHealthyRun() throws Exception {
    List<String> expected = alertsOfTheFile();
    String series =
        """
              - {series: 'up{job="limber",instance="gone"}', values: '1+0x10 0+0x800'}
              - {series: 'up{job="limber",instance="well"}', values: '1+0x800'}
        """
            + series(Metric.LEARNER_LOSS, "1+0x790 NaN+0x20", "0.1+0x800")
            + series(Metric.PLASTICITY, "0.4+0x400 0.1+0x400", "0.4+0x800")
            + series(Metric.LEARNER_UPDATES, "0+9000x300 2700000+0x600", "0+9000x800")
            + series(Metric.REPLAY_SAMPLE_BLOCKED, "0+60x800", "0+1x800")
            + series(Metric.PROBE_LAG, "60000+0x800", "100+0x800")
            + series(Metric.QUEUE_DROPPED, "0+5x800", "0+0x800")
            + series(Metric.PROCESS_DISK_FREE, "5e10-6e7x800", "5e10+0x800")
            + series(Metric.PROCESS_RESIDENT_MEMORY, "1e9+1e6x800", "1e9+0x800");
    StringBuilder test = new StringBuilder();
    test.append("rule_files: ['").append(RULES).append("']\n");
    test.append("tests:\n  - interval: 1m\n    input_series:\n").append(series);
    test.append("    promql_expr_test:\n");
    for (String name : expected) {
      // the one that ails, once; the healthy one not
      test.append("      - expr: count by (instance) (ALERTS{alertname=\"").append(name);
      test.append("\",alertstate=\"firing\"})\n        eval_time: 798m\n");
      String instance = name.equals("LimberRunGone") ? "gone" : "ill";
      test.append("        exp_samples: [{labels: '{instance=\"").append(instance);
      test.append("\"}', value: 1}]\n");
    }
    Path file = Files.writeString(folder.resolve("test.yml"), test.toString());
    Said said = promtool(Path.of("/dev/null"), "test", "rules", file.toString());

    assertThat(expected).hasSizeGreaterThanOrEqualTo(9);
    assertThat(said.text()).contains("SUCCESS");
    assertThat(said.code()).as(said.text()).isZero();
  }

  private static String series(Metric metric, String ill, String well) {
    return List.of("ill " + ill, "well " + well).stream()
        .map(text -> text.split(" ", 2))
        .map(
            part ->
                "      - {series: '%s{job=\"limber\",instance=\"%s\",source=\"a-0\"}', values: '%s'}%n"
                    .formatted(PrometheusName.of(metric), part[0], part[1]))
        .reduce("", String::concat);
  }

  private static List<String> alertsOfTheFile() throws IOException {
    Matcher names = Pattern.compile("alert: (\\w+)").matcher(Files.readString(RULES));
    return names.results().map(result -> result.group(1)).toList();
  }

  private Said promtool(Path input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    Collections.addAll(command, arguments);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(Arrays.toString(arguments)).isTrue();
    return new Said(process.exitValue(), Files.readString(output));
  }
}
