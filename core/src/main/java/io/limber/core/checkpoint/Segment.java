package io.limber.core.checkpoint;

/**
 * A file of replay rows, which never changes and which several checkpoints may need.
 *
 * @param file where it is
 * @param first number of its first row, counted from the first insert of the run
 * @param end number of the row after its last
 */
public record Segment(CheckpointFile file, long first, long end) {

  public Segment {
    if (first < 0 || end < first) {
      throw new IllegalArgumentException(
          "rows " + first + " to " + end + " of " + file.path() + " must be a range");
    }
  }
}
