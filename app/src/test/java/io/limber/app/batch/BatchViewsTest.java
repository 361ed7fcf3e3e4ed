package io.limber.app.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchViewsTest {

  private static final EffectiveConfig CONFIG = EffectiveConfig.resolve(ConfigSources.defaults());
  private static final Cell CELL = new Cell("0123456789ab", Map.of("seed", "1"), CONFIG);

  @TempDir private Path folder;

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text, true);
  private Instant now = Instant.EPOCH;

  @Test
  void lines_ofARunningCell_comeAtMostOncePerInterval() {
    BatchLines lines = new BatchLines(out, Duration.ofSeconds(5), () -> now);

    show(lines, CellState.RUNNING, 0);
    show(lines, CellState.RUNNING, 10);
    now = now.plusSeconds(5);
    show(lines, CellState.RUNNING, 20);
    show(lines, CellState.FINISHED, 30);

    assertThat(text.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "0123456789ab running 0 seed=1 [1 running]",
            "0123456789ab running 20 seed=1",
            "0123456789ab finished 30 seed=1 [1 finished]");
  }

  @Test
  void table_redrawn_erasesAsManyLinesAsItHasDrawn() {
    BatchTable table = new BatchTable(out, 60, () -> now);

    show(table, CellState.RUNNING, 10);
    now = now.plusSeconds(1);
    show(table, CellState.FINISHED, 30);

    // three lines: head, the running cell, the tally
    assertThat(text.toString()).contains("0123456789ab").contains("1 running; ");
    assertThat(text.toString().split("\u001b\\[3A\r\u001b\\[J")).hasSize(2);
    assertThat(text.toString()).endsWith("1 finished; 1s" + System.lineSeparator());
    assertThat(text.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(70));
  }

  @Test
  void file_afterTheEnd_hasEveryCell() {
    Path file = folder.resolve("agents.json");
    StatusFile status = new StatusFile(file, () -> now);

    show(status, CellState.RUNNING, 10);
    show(status, CellState.FINISHED, 30);
    status.close();

    Config agent = ConfigFactory.parseFile(file.toFile()).getConfigList("agents").get(0);
    assertThat(agent.getString("key")).isEqualTo("0123456789ab");
    assertThat(agent.getString("state")).isEqualTo("finished");
    assertThat(agent.getLong("step")).isEqualTo(30);
    assertThat(agent.getString("choices.seed")).isEqualTo("1");
  }

  private static void show(BatchView view, CellState state, long step) {
    CellStatus status = new CellStatus(CELL, state, step, Optional.of("here"), "");
    view.show(status, List.of(status));
  }
}
