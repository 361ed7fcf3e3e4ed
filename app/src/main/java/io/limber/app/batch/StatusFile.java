package io.limber.app.batch;

import io.limber.app.json.Json;
import io.limber.protos.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every cell's status in a JSON file for scripts that look on, a few seconds old at most. A
 * file that cannot be written is logged and holds up nobody. Called by one thread at a time.
 */
public final class StatusFile implements BatchView {

  private static final Logger log = LoggerFactory.getLogger(StatusFile.class);

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Path file;
  private final InstantSource clock;
  private Instant due;
  private List<CellStatus> newest = List.of();

  public StatusFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    due = clock.instant();
  }

  @Override
  public void show(CellStatus changed, List<CellStatus> all) {
    newest = all;
    if (!clock.instant().isBefore(due)) {
      write();
      due = clock.instant().plus(INTERVAL);
    }
  }

  private void write() {
    Map<String, Object> document =
        Map.of("agents", newest.stream().map(CellStatus::toMap).toList());
    try {
      AtomicFile.write(
          file, out -> out.write(Json.document(document).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      log.warn("{} is out of date: {}", file, e.toString());
    }
  }

  @Override
  public void close() {
    write();
  }
}
