package io.limber.app.dashboard;

import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.limber.app.history.History;
import io.limber.app.history.ShownRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * What clients of a run get, rendered once for all that have seen the same. Time is cut into
 * pulses: whoever is at the pulse before the newest gets the shared text, anybody else a text of
 * their own, which also ends at the newest pulse. Thread-safe.
 */
final class Feed {

  private static final JsonFactory JSON = new JsonFactory();

  /** Where a client is: a history, and a version of it. */
  record Position(String incarnation, long version) {
    static final Position NOWHERE = new Position("", 0);
  }

  /** What brings a client to {@code to}; empty text if it is there. */
  record Step(Position to, ByteString text) {}

  private final ShownRun run;
  private final long interval;
  private long pulsedAt = Long.MIN_VALUE;
  private Position before = Position.NOWHERE;
  private Position newest = Position.NOWHERE;
  private ByteString shared = ByteString.emptyByteString();

  /**
   * @param interval time between two pulses
   */
  Feed(ShownRun run, Duration interval) {
    this.run = run;
    this.interval = interval.toNanos();
  }

  /** Brings a client that is at {@code from} to the newest pulse. */
  Step after(Position from) {
    History history;
    Position to;
    synchronized (this) {
      history = run.history();
      pulse(history);
      to = newest;
      if (from.equals(before)) {
        return new Step(to, shared);
      }
    }
    if (from.equals(to)) {
      return new Step(to, ByteString.emptyByteString());
    }
    boolean known = from.incarnation().equals(to.incarnation()) && from.version() <= to.version();
    return new Step(to, render(history, known ? from.version() : 0, to));
  }

  private void pulse(History history) {
    long now = System.nanoTime();
    boolean other = !history.incarnation().equals(newest.incarnation());
    if (pulsedAt != Long.MIN_VALUE && !other && now - pulsedAt < interval) {
      return;
    }
    pulsedAt = now;
    Position next = new Position(history.incarnation(), history.version());
    if (next.equals(newest)) {
      return; // whoever is there has seen it all
    }
    before = newest;
    newest = next;
    shared = render(history, other ? 0 : before.version(), next);
  }

  private ByteString render(History history, long since, Position to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("run", run.id());
      json.writeNumberField("since", since);
      json.writeNumberField("version", to.version());
      json.writeStringField("incarnation", to.incarnation());
      history.write(json, since);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return ByteString.fromArray(bytes.toByteArray());
  }
}
