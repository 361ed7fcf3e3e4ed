package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesReaderTest {

  @TempDir private Path folder;

  @Test
  void read_ofWhatTheSinkWrote_givesTheSameReports() throws IOException {
    List<Report> written =
        List.of(
            Report.of("learner-0", 0, Map.of(Metric.LEARNER_LOSS, 0.1, Metric.LEARNER_VALUE, -3.0)),
            Report.of("process", 1L << 40, Map.of(Metric.PROCESS_HEAP_USED, 0x1p53)),
            Reports.loss(1, Double.NaN),
            Reports.loss(2, Double.POSITIVE_INFINITY),
            Reports.loss(3, Double.NEGATIVE_INFINITY),
            Reports.loss(4, Double.MIN_VALUE),
            Reports.loss(5, -Double.MAX_VALUE));
    JsonLinesSink sink = new JsonLinesSink(file());
    for (Report report : written) {
      sink.accept(report, Reports.TIME);
    }
    sink.close();

    List<TimedReport> read = readAll(new JsonLinesReader(file()));

    assertThat(read).extracting(TimedReport::report).isEqualTo(written);
    assertThat(read).extracting(TimedReport::time).containsOnly(Reports.TIME);
  }

  @Test
  void read_whileALineIsWritten_leavesItForTheNextRead() throws IOException {
    String second = line(2);
    append(line(1) + second.substring(0, 30));
    JsonLinesReader reader = new JsonLinesReader(file());

    assertThat(readAll(reader)).containsExactly(Reports.timed(1));
    assertThat(readAll(reader)).isEmpty();
    append(second.substring(30) + line(3));
    assertThat(readAll(reader)).containsExactly(Reports.timed(2), Reports.timed(3));
    assertThat(reader.skippedLines()).isZero();
  }

  @Test
  void read_fromAnOffset_goesOnThere() throws IOException {
    append(line(1));
    JsonLinesReader first = new JsonLinesReader(file());
    readAll(first);
    append(line(2));

    assertThat(readAll(new JsonLinesReader(file(), first.offset())))
        .containsExactly(Reports.timed(2));
  }

  @Test
  void read_ofUnknownMetricsAndFields_skipsAndCountsThem() throws IOException {
    append(
        line(1)
            .replace("\"values\":{", "\"later\":{\"a\":[1]},\"values\":{\"learner/later\":[7],")
            .replace("[7]", "7"));
    append(line(2).replace("learner/loss", "learner/later"));
    JsonLinesReader reader = new JsonLinesReader(file());

    assertThat(readAll(reader)).containsExactly(Reports.timed(1));
    assertThat(reader.unknownMetrics()).isEqualTo(2);
    assertThat(reader.skippedLines()).isZero();
  }

  @Test
  void read_ofLinesThatAreNoReports_skipsAndCountsThem() throws IOException {
    List<String> broken =
        List.of(
            line(1).substring(0, 20) + line(1), // a writer was killed, the next one appended
            "\n",
            "null\n",
            "{}\n",
            line(1).replace("}}", "}"),
            line(1).replace("}}", "}} {}"),
            line(1).replace("2026", "someday"),
            line(1).replace("\"step\":1", "\"step\":-1"),
            line(1).replace("learner-0", "Learner 0"),
            line(1).replace("\"values\":{", "\"values\":{\"learner/loss\":2,"),
            line(1).replace("\"values\":{", "\"values\":{\"learner/value\":true,"),
            line(1).replace("\"values\":{", "\"values\":{\"learner/value\":\"much\","),
            "x".repeat(3 << 20) + "\n");
    for (String line : broken) {
      append(line);
    }
    append(line(2));
    JsonLinesReader reader = new JsonLinesReader(file());

    assertThat(readAll(reader)).containsExactly(Reports.timed(2));
    assertThat(reader.skippedLines()).isEqualTo(broken.size());
    assertThat(reader.offset()).isEqualTo(Files.size(file()));
  }

  @Test
  void read_beforeThereIsAFile_readsNothing() throws IOException {
    JsonLinesReader reader = new JsonLinesReader(file());
    assertThat(readAll(reader)).isEmpty();

    append(line(1));
    assertThat(readAll(reader)).containsExactly(Reports.timed(1));
  }

  @Test
  void read_afterTheFileWasCutBack_refuses() throws IOException {
    append(line(1));
    JsonLinesReader reader = new JsonLinesReader(file());
    readAll(reader);
    Files.writeString(file(), "");

    assertThatThrownBy(() -> readAll(reader)).hasMessageContaining("was cut back to 0 bytes");
  }

  /** The bound is ten times what one busy core takes, so that only a wrong algorithm fails it. */
  @Test
  void read_ofAMillionLines_takesSeconds() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      lines.append(line(i));
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 100; i++) {
      Files.write(file(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    AtomicLong steps = new AtomicLong();
    long start = System.nanoTime();
    long count = new JsonLinesReader(file()).read(timed -> steps.addAndGet(timed.report().step()));
    double seconds = 1e-9 * (System.nanoTime() - start);

    assertThat(count).isEqualTo(1_000_000);
    assertThat(steps).hasValue(100L * 9_999 * 10_000 / 2);
    assertThat(seconds).isLessThan(30);
  }

  private static List<TimedReport> readAll(JsonLinesReader reader) throws IOException {
    List<TimedReport> reports = new ArrayList<>();
    assertThat(reader.read(reports::add)).isEqualTo(reports.size());
    return reports;
  }

  private Path file() {
    return folder.resolve("metrics.jsonl");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(long step) {
    return JsonLine.of(Reports.loss(step, 1.0), Reports.TIME);
  }
}
