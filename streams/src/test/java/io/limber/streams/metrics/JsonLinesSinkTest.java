package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSinkTest {

  @TempDir private Path folder;

  @Test
  void line_ofAReproducibleReport_hasTheseBytes() {
    var report =
        Report.of("learner-0", 1000, Map.of(Metric.LEARNER_LOSS, 0.25, Metric.LEARNER_VALUE, 3.0));

    assertThat(JsonLine.of(report, Reports.TIME))
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00.250Z\",\"source\":\"learner-0\",\"step\":1000,"
                + "\"values\":{\"learner/loss\":0.25,\"learner/value\":3}}\n");
  }

  @Test
  void line_ofAWallClockReport_saysSo() {
    var report = Report.of("process", 0, Map.of(Metric.PROCESS_CPU, 1.5));

    assertThat(JsonLine.of(report, Reports.TIME))
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00.250Z\",\"source\":\"process\",\"step\":0,"
                + "\"wall\":true,\"values\":{\"process/cpu\":1.5}}\n");
  }

  @Test
  void line_ofAnyValue_isJsonThatGivesTheValueBack() {
    double[] values = {
      0.0,
      -1.0,
      0.1,
      -1e-300,
      1e300,
      123_456_789.0,
      0x1p53,
      0x1.fffffffffffffp52,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (double value : values) {
      String line = JsonLine.of(Reports.loss(7, value), Reports.TIME);
      var options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
      Object read =
          ConfigFactory.parseString(line, options)
              .getObject("values")
              .unwrapped()
              .get("learner/loss");

      assertThat(Double.valueOf(read.toString())).as(line).isEqualTo(Double.valueOf(value));
      assertThat(read).as(line).isInstanceOf(Double.isFinite(value) ? Number.class : String.class);
    }
  }

  @Test
  void accept_ofReports_isReadableAtOnce() throws IOException {
    Path file = folder.resolve("run/metrics.jsonl"); // the folder is made
    JsonLinesSink sink = new JsonLinesSink(file);

    sink.accept(Reports.loss(1, 0.5), Reports.TIME);
    assertThat(file).hasContent(line(1));
    sink.accept(Reports.loss(2, 0.5), Reports.TIME);
    assertThat(file).hasContent(line(1) + line(2));
    sink.close();
  }

  @Test
  void accept_whenTheFileIsThere_appends() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    for (long step = 1; step <= 2; step++) {
      JsonLinesSink sink = new JsonLinesSink(file);
      sink.accept(Reports.loss(step, 0.5), Reports.TIME);
      sink.close();
    }

    assertThat(file).hasContent(line(1) + line(2));
  }

  @Test
  void accept_thatCouldNotWrite_isMadeUpForLater() throws IOException {
    Path obstacle = Files.writeString(folder.resolve("run"), "a file where a folder must be");
    Path file = obstacle.resolve("metrics.jsonl");
    JsonLinesSink sink = new JsonLinesSink(file);
    assertThatThrownBy(() -> sink.accept(Reports.loss(1, 0.5), Reports.TIME))
        .isInstanceOf(IOException.class);

    Files.delete(obstacle);
    sink.flush();
    sink.close();

    assertThat(file).hasContent(line(1));
  }

  private static String line(long step) {
    return JsonLine.of(Reports.loss(step, 0.5), Reports.TIME);
  }

  /** A folder where the file should be stands for a disk that takes nothing, until it is gone. */
  @Test
  void accept_whileNothingCanBeWritten_triesAgainByTheClockAloneAndLosesNothing()
      throws IOException {
    Path file = Files.createDirectory(folder.resolve("metrics.jsonl"));
    JsonLinesSink sink = new JsonLinesSink(file);
    assertThatThrownBy(() -> sink.accept(report(1), Reports.TIME)).isInstanceOf(IOException.class);
    sink.accept(report(2), Reports.TIME); // waits, and no disk is asked
    assertThatThrownBy(sink::flush).isInstanceOf(IOException.class);

    Files.delete(file);
    sink.flush();
    sink.accept(report(3), Reports.TIME);

    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(sink.reports(3).get(0).measurements().get(0).value()).isZero();
    sink.close();
  }

  private static Report report(long step) {
    return Report.of("learner-0", step, Map.of(Metric.LEARNER_LOSS, 1.0));
  }
}
