package io.limber.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {

  @TempDir private Path folder;

  @Test
  void read_ofTwoEnvironments_addsTheirMeanRatesOfTheThirdQuarter() throws IOException {
    Traffic traffic =
        read(
            rate(0, 0), // has not begun
            rate(0, 1),
            rate(0, 2),
            rate(0, 100),
            rate(0, 4),
            rate(1, 7),
            rate(1, 8),
            rate(1, 1000),
            rate(1, 9),
            rate(1, 1),
            rate(1, 1),
            rate(1, 2000),
            rate(1, 4000),
            rate(1, 1));

    // of 4 the third, of 9 the fifth to the seventh
    assertThat(traffic.stepsPerSecond()).isEqualTo(100 + (1 + 1 + 2000) / 3.0);
    assertThat(traffic.bytesPerTransition()).isNaN();
  }

  @Test
  void read_ofTransitionsThatTravelled_dividesAllBytesByAllTransitions() throws IOException {
    Traffic traffic = read(taken(0, 1, 900), taken(1, 10, 8_000), taken(0, 20, 18_000));

    assertThat(traffic.bytesPerTransition()).isEqualTo(26_000 / 30.0);
    assertThat(traffic.stepsPerSecond()).isZero();
  }

  private Traffic read(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    return Traffic.read(Files.write(folder.resolve("metrics.jsonl"), all));
  }

  private static String rate(int environment, double stepsPerSecond) {
    return report(
        "environment-" + environment, "\"environment/steps-per-second\":" + stepsPerSecond);
  }

  private static String taken(int environment, int transitions, int bytes) {
    return report(
        "inlet-of-environment-" + environment,
        "\"cluster/transitions\":" + transitions + ",\"cluster/bytes\":" + bytes);
  }

  private static String report(String source, String values) {
    return "{\"time\":\"2026-01-01T00:00:00Z\",\"source\":\""
        + source
        + "\",\"step\":0,\"wall\":true,\"values\":{"
        + values
        + "}}";
  }
}
