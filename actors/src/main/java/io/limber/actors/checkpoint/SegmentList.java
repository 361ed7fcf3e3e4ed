package io.limber.actors.checkpoint;

import io.limber.core.checkpoint.Segment;
import java.util.ArrayList;
import java.util.List;

/** The segments that together hold the newest replay rows. Not thread-safe: one owner. */
final class SegmentList {

  /** So many files at most: then all rows are written anew, into one. */
  private static final int MAX_SEGMENTS = 64;

  private final int capacity;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * @param capacity rows that replay holds
   * @param first of the checkpoint that a run goes on from
   */
  SegmentList(int capacity, List<Segment> first) {
    this.capacity = capacity;
    segments.addAll(first);
  }

  /** The row from which on the next checkpoint has to write. */
  long next() {
    return segments.isEmpty() || segments.size() >= MAX_SEGMENTS
        ? 0
        : segments.get(segments.size() - 1).end();
  }

  void add(Segment segment) {
    segments.add(segment);
  }

  /** Forgets those that no row of a table with so many inserts is in; returns the others. */
  List<Segment> neededAt(long inserted) {
    long oldest = Math.max(0, inserted - capacity);
    Segment newest = segments.isEmpty() ? null : segments.get(segments.size() - 1);
    segments.removeIf(
        segment ->
            segment.end() <= oldest || (segment != newest && newest.first() <= segment.first()));
    return List.copyOf(segments);
  }
}
