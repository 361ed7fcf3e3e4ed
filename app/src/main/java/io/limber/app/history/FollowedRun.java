package io.limber.app.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.limber.app.history.RunStatus.State;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of a run by its folder: what {@code metrics.jsonl} holds, and what is appended to it.
 * {@link #poll} is called by one thread at a time; {@link #history} by any.
 */
public final class FollowedRun {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedRun.class);
  private static final JsonFactory JSON = new JsonFactory();

  /** Actors report every few seconds; a probe may keep a waiting learner for longer. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  private final Path folder;
  private final InstantSource clock;
  private JsonLinesReader reader;
  private volatile History history = new History(RunStatus.of(State.LOADING));

  /**
   * @param folder of the run; need not hold anything yet
   */
  public FollowedRun(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    reader = new JsonLinesReader(metrics());
  }

  /** What is known now. */
  public History history() {
    return history;
  }

  private Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  /** Reads what came since the last call. A file that cannot be read is logged and tried again. */
  public void poll() {
    try {
      History into = history;
      reader.read(report -> into.add(report.report(), report.time()));
      into.status(status());
    } catch (IOException e) {
      LOG.warn("{} is read again from its beginning", metrics(), e);
      reader = new JsonLinesReader(metrics());
      history = new History(RunStatus.of(State.LOADING));
    }
  }

  private RunStatus status() throws IOException {
    Path summary = folder.resolve("summary.json");
    if (Files.exists(summary)) {
      String outcome = field(summary, "outcome");
      return new RunStatus(outcome.equals("failed") ? State.FAILED : State.ENDED, outcome);
    }
    if (!Files.exists(metrics())) {
      return new RunStatus(State.SILENT, "no metrics.jsonl");
    }
    Duration age =
        Duration.between(Files.getLastModifiedTime(metrics()).toInstant(), clock.instant());
    return age.compareTo(SILENCE) < 0
        ? RunStatus.of(State.RUNNING)
        : new RunStatus(State.SILENT, "no summary.json: killed, or waiting");
  }

  /** The text of a field of an object; empty if it has none or is being written. */
  private static String field(Path file, String name) throws IOException {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals(name)) {
          return json.nextTextValue();
        }
      }
    } catch (JsonProcessingException e) {
      return "";
    }
    return "";
  }
}
