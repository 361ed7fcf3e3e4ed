package io.limber.streams.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alert rules go stale in silence; here they fail the build. */
class GrafanaFilesTest {

  private static final Path FOLDER = Path.of(System.getenv("LIMBER_ROOT"), "conf", "grafana");
  private static final Pattern NAME = Pattern.compile("limber_[a-z_]+");

  private static final Set<String> NAMES =
      Arrays.stream(Metric.values()).map(PrometheusName::of).collect(Collectors.toSet());

  @ParameterizedTest
  @ValueSource(strings = {"limber.json", "alerts.yml"})
  void metrics_ofAFile_exist(String file) throws IOException {
    List<String> named =
        NAME.matcher(Files.readString(FOLDER.resolve(file)))
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(NAMES).containsAll(named);
  }

  @Test
  void rates_ofTheFiles_areOfCountersOnly() throws IOException {
    String both =
        Files.readString(FOLDER.resolve("limber.json"))
            + Files.readString(FOLDER.resolve("alerts.yml"));
    List<String> rated =
        Pattern.compile("rate\\((limber_[a-z_]+)")
            .matcher(both)
            .results()
            .map(r -> r.group(1))
            .toList();

    assertThat(rated).isNotEmpty().allMatch(name -> name.endsWith("_total"));
  }

  @Test
  void dashboard_asJson_parsesAndItsPanelsHaveIdsOfTheirOwn() throws IOException {
    Set<Integer> ids = new HashSet<>();
    try (JsonParser json = new JsonFactory().createParser(FOLDER.resolve("limber.json").toFile())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("id")) {
          json.nextToken();
          assertThat(ids.add(json.getIntValue())).as("panel %s", json.getText()).isTrue();
        }
      }
    }
    assertThat(ids).hasSizeGreaterThan(20);
  }

  @Test
  void alerts_ofTheFile_coverWhatUsersMustNotMiss() throws IOException {
    String rules = Files.readString(FOLDER.resolve("alerts.yml"));

    assertThat(rules)
        .contains(
            PrometheusName.of(Metric.PLASTICITY),
            PrometheusName.of(Metric.LEARNER_LOSS),
            PrometheusName.of(Metric.REPLAY_SAMPLE_BLOCKED),
            PrometheusName.of(Metric.PROBE_LAG),
            PrometheusName.of(Metric.PROCESS_DISK_FREE),
            PrometheusName.of(Metric.PROCESS_RESIDENT_MEMORY));
  }
}
