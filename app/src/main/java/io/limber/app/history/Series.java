package io.limber.app.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;

/**
 * A curve of at most {@value #MOST_BUCKETS} buckets, each the mean, least and largest of as many
 * values in a row. When it is full, neighbours are merged and each later bucket takes twice as many
 * values, so that a peak stays visible however long the run is, and at least half of the buckets
 * are in use. Thread-safe.
 *
 * <p>Every bucket remembers the version of its last change. Only the last bucket changes, but for a
 * merge, which changes all.
 */
final class Series {

  /** About as many as a chart has pixels. */
  static final int MOST_BUCKETS = 1024;

  private static final int FEWEST = 16;

  private long[] steps = new long[FEWEST]; // of the last value in the bucket
  private double[] sums = new double[FEWEST]; // of finite values
  private double[] least = new double[FEWEST];
  private double[] most = new double[FEWEST];
  private int[] finite = new int[FEWEST];
  private long[] changed = new long[FEWEST];
  private int size;
  private int width = 1; // values that a bucket takes
  private int taken; // values in the last bucket

  /**
   * Takes a value.
   *
   * @param version of this change, larger than those before
   */
  synchronized void add(long step, double value, long version) {
    if (size == 0 || taken == width) {
      open(version);
    }
    int last = size - 1;
    steps[last] = step;
    changed[last] = version;
    taken++;
    if (Double.isFinite(value)) {
      sums[last] += value;
      least[last] = Math.min(least[last], value);
      most[last] = Math.max(most[last], value);
      finite[last]++;
    }
  }

  private void open(long version) {
    if (size == MOST_BUCKETS) {
      merge(version);
    }
    if (size == steps.length) {
      grow();
    }
    sums[size] = 0;
    least[size] = Double.POSITIVE_INFINITY;
    most[size] = Double.NEGATIVE_INFINITY;
    finite[size] = 0;
    size++;
    taken = 0;
  }

  private void merge(long version) {
    size /= 2;
    for (int i = 0; i < size; i++) {
      int first = 2 * i;
      int second = first + 1;
      steps[i] = steps[second];
      sums[i] = sums[first] + sums[second];
      least[i] = Math.min(least[first], least[second]);
      most[i] = Math.max(most[first], most[second]);
      finite[i] = finite[first] + finite[second];
      changed[i] = version;
    }
    width *= 2;
  }

  private void grow() {
    int length = 2 * size;
    steps = Arrays.copyOf(steps, length);
    sums = Arrays.copyOf(sums, length);
    least = Arrays.copyOf(least, length);
    most = Arrays.copyOf(most, length);
    finite = Arrays.copyOf(finite, length);
    changed = Arrays.copyOf(changed, length);
  }

  /** Whether anything is newer than {@code version}. */
  synchronized boolean changedSince(long version) {
    return size > 0 && changed[size - 1] > version;
  }

  /**
   * Writes {@code from, [bucket, …]}: what is to stand from bucket {@code from} on. A bucket is
   * {@code [step, value]} or, of several values, {@code [step, mean, least, most]}; a mean is null
   * where no value was finite.
   */
  synchronized void write(JsonGenerator json, long since) throws IOException {
    int from = size;
    while (from > 0 && changed[from - 1] > since) {
      from--;
    }
    json.writeNumber(from);
    json.writeStartArray();
    for (int i = from; i < size; i++) {
      json.writeStartArray();
      json.writeNumber(steps[i]);
      writeValues(json, i);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void writeValues(JsonGenerator json, int i) throws IOException {
    if (finite[i] == 0) {
      json.writeNull();
      return;
    }
    writeShort(json, sums[i] / finite[i]);
    if (least[i] < most[i]) {
      writeShort(json, least[i]);
      writeShort(json, most[i]);
    }
  }

  /** Whole numbers as they are, others with the seven digits that a chart can show. */
  private static void writeShort(JsonGenerator json, double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      json.writeNumber((long) value);
    } else if (Math.abs(value) < Float.MAX_VALUE && Math.abs(value) > Float.MIN_NORMAL) {
      json.writeNumber((float) value);
    } else {
      json.writeNumber(value);
    }
  }
}
