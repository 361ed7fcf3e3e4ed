package io.limber.app.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All series of a run, each a bounded curve, and what happened to it. Thread-safe; whoever reads
 * never makes a writer wait for longer than one series takes to be written.
 *
 * <p>Every change has a version. {@link #write} tells what changed since one, so that a reader who
 * was away, however long, gets exactly what it lacks: there is no queue that it could fall out of.
 * Versions of two histories have nothing to do with each other; {@link #incarnation} tells them
 * apart.
 */
public final class History {

  /** Far more than a run of a hundred actors has; a bound on memory whatever the sources. */
  static final int MOST_SERIES = 2048;

  static final int MOST_NOTES = 500;

  private record Key(Metric metric, String source) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byMetric = metric.compareTo(other.metric);
      return byMetric != 0 ? byMetric : source.compareTo(other.source);
    }
  }

  private record Seen(long version, long time, long step) {}

  private final String incarnation = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final Map<Key, Series> series = new ConcurrentSkipListMap<>();
  private final Map<String, Seen> sources = new ConcurrentHashMap<>();
  private final Deque<Note> notes = new ArrayDeque<>();
  private final AtomicLong refused = new AtomicLong();
  private volatile long version;
  private volatile long step;
  private volatile RunStatus status;

  /** Empty, at version 0. */
  public History(RunStatus status) {
    this.status = status;
  }

  /** Tells this history from all others, those of an earlier process included. */
  public String incarnation() {
    return incarnation;
  }

  /** Of the newest change. */
  public long version() {
    return version;
  }

  /** The newest step that anyone reported at. */
  public long step() {
    return step;
  }

  /** How the run is. */
  public RunStatus status() {
    return status;
  }

  /** Takes a report. A new series beyond {@value #MOST_SERIES} is refused and counted. */
  public synchronized void add(Report report, Instant time) {
    long next = version + 1;
    for (Measurement measurement : report.measurements()) {
      Key key = new Key(measurement.metric(), report.source());
      Series curve = series.get(key);
      if (curve == null) {
        if (series.size() >= MOST_SERIES) {
          refused.incrementAndGet();
          continue;
        }
        curve = new Series();
        series.put(key, curve);
      }
      curve.add(report.step(), measurement.value(), next);
    }
    if (sources.size() < MOST_SERIES || sources.containsKey(report.source())) {
      sources.put(report.source(), new Seen(next, time.toEpochMilli(), report.step()));
    }
    step = Math.max(step, report.step());
    version = next; // last: who reads an older version may see newer values, never the other way
  }

  /** Notes what happened; only the newest {@value #MOST_NOTES} are kept. */
  public synchronized void note(Instant time, String kind, String text) {
    long next = version + 1;
    if (notes.size() == MOST_NOTES) {
      notes.removeFirst();
    }
    notes.addLast(new Note(next, time.toEpochMilli(), step, kind, text));
    version = next;
  }

  /** Says how the run is now. */
  public synchronized void status(RunStatus now) {
    if (!now.equals(status)) {
      status = now;
      version = version + 1;
    }
  }

  /**
   * Writes the fields {@code status, detail, step, refused, sources, series, notes} of what changed
   * after {@code since}; 0 for all.
   */
  public void write(JsonGenerator json, long since) throws IOException {
    RunStatus now = status;
    json.writeStringField("status", now.state().name().toLowerCase(Locale.ROOT));
    json.writeStringField("detail", now.detail());
    json.writeNumberField("step", step);
    json.writeNumberField("refused", refused.get());
    writeSources(json, since);
    writeSeries(json, since);
    writeNotes(json, since);
  }

  private void writeSources(JsonGenerator json, long since) throws IOException {
    json.writeArrayFieldStart("sources");
    for (Map.Entry<String, Seen> source : sources.entrySet()) {
      if (source.getValue().version() > since) {
        json.writeStartArray();
        json.writeString(source.getKey());
        json.writeNumber(source.getValue().time());
        json.writeNumber(source.getValue().step());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  private void writeSeries(JsonGenerator json, long since) throws IOException {
    json.writeArrayFieldStart("series");
    for (Map.Entry<Key, Series> entry : series.entrySet()) {
      if (entry.getValue().changedSince(since)) {
        json.writeStartArray();
        json.writeString(entry.getKey().metric().id());
        json.writeString(entry.getKey().source());
        entry.getValue().write(json, since);
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  private void writeNotes(JsonGenerator json, long since) throws IOException {
    json.writeArrayFieldStart("notes");
    for (Note note : notesSince(since)) {
      json.writeStartArray();
      json.writeNumber(note.version());
      json.writeNumber(note.time());
      json.writeNumber(note.step());
      json.writeString(note.kind());
      json.writeString(note.text());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private synchronized List<Note> notesSince(long since) {
    List<Note> newer = new ArrayList<>();
    for (Note note : notes) {
      if (note.version() > since) {
        newer.add(note);
      }
    }
    return newer;
  }
}
