package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsRecordTest {

  @TempDir private Path path;

  private final List<String> said = new ArrayList<>();
  private RunFolder folder;
  private long length;

  @BeforeEach
  void write() throws IOException {
    folder = new RunFolder(path);
    JsonLinesSink sink = new JsonLinesSink(folder.metrics());
    sink.accept(report(100, 0.25), Instant.EPOCH);
    length = sink.mark().getAsLong();
    sink.accept(report(200, 0.75), Instant.EPOCH);
    sink.close();
  }

  private static Report report(long step, double reward) {
    return Report.of("environment-0", step, Map.of(Metric.ENVIRONMENT_MEAN_REWARD, reward));
  }

  @Test
  void cutBack_toACheckpoint_keepsWhatFollowsInAFileOfItsOwn() throws IOException {
    byte[] all = Files.readAllBytes(folder.metrics());

    Readings readings = MetricsRecord.cutBack(folder, 100, length, said::add);

    assertThat(Files.size(folder.metrics())).isEqualTo(length);
    byte[] tail = Files.readAllBytes(path.resolve("metrics-after-100.jsonl"));
    assertThat(tail).isEqualTo(Arrays.copyOfRange(all, (int) length, all.length));
    assertThat(readings.step()).isEqualTo(100);
    assertThat(readings.mean(Metric.ENVIRONMENT_MEAN_REWARD)).hasValue(0.25);
  }

  @Test
  void cutBack_ofAFileThatLostLines_saysSo() throws IOException {
    MetricsRecord.cutBack(folder, 300, length + 10_000, said::add);

    assertThat(said).singleElement().asString().contains("lines are missing");
  }
}
