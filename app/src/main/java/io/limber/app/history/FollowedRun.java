package io.limber.app.history;

import io.limber.app.history.RunStatus.State;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of a run by its folder: what {@code metrics.jsonl} holds, and what is appended to it.
 * {@link #poll} is called by one thread at a time; {@link #history} by any.
 */
public final class FollowedRun {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedRun.class);

  private final Path folder;
  private final StatusReader status;
  private JsonLinesReader reader;
  private volatile History history = new History(RunStatus.of(State.LOADING));

  /**
   * @param folder of the run; need not hold anything yet
   * @param status tells whether it goes on
   */
  public FollowedRun(Path folder, StatusReader status) {
    this.folder = folder;
    this.status = status;
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
      RunStatus now = status.of(folder); // first: what is read after an end is all there is
      History into = history;
      reader.read(report -> into.add(report.report(), report.time()));
      into.status(now);
    } catch (IOException e) {
      LOG.warn("{} is read again from its beginning", metrics(), e);
      reader = new JsonLinesReader(metrics());
      history = new History(RunStatus.of(State.LOADING));
    }
  }
}
