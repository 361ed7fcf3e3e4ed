package io.limber.core.replay;

import io.limber.core.state.UnusableStateException;
import java.math.BigDecimal;

/**
 * Holds the ratio of drawn to inserted transitions: Reverb's sample-to-insert limiter. Not
 * thread-safe: owned by one table.
 *
 * <p>In samples, with diff = inserted · samplesPerInsert − sampled and offset = samplesPerInsert ·
 * minSize:
 *
 * <ul>
 *   <li>a batch may be drawn iff size ≥ minSize and diff − sampleSize ≥ offset − tolerance;
 *   <li>a chunk may come in iff size &lt; minSize or diff + insertSize · samplesPerInsert &lt;
 *       offset + insertSize · samplesPerInsert + sampleSize + tolerance.
 * </ul>
 *
 * <p>Never are both refused: a refused batch means size &lt; minSize or diff &lt; offset +
 * sampleSize − tolerance, and with tolerance ≥ 0 either lets a chunk in. With tolerance 0 exactly
 * one of them is allowed at any time, so the two sides alternate in one way only.
 *
 * <p>Counts are exact and never drift. All terms are whole multiples of one unit, the last decimal
 * place of the settings. The products inserted · samplesPerInsert and sampled may exceed 64 bits
 * after very many inserts, but arithmetic in {@code long} is exact modulo 2⁶⁴ and the limiter
 * itself keeps their difference within bounds, which {@link ReplaySettings} made fit.
 *
 * @see "Cassirer et al. (2021), Reverb: a framework for experience replay, arXiv:2102.04736, and
 *     reverb/rate_limiters.py, SampleToInsertRatio; there the tolerance must make room for chunk
 *     and batch, here they come on top of it"
 */
final class SamplesPerInsertLimiter {

  private final int minSize;
  private final long unitsPerSample;
  private final long unitsPerInsert;
  private final long chunkUnits;
  private final long batchUnits;
  private final long minDiff;
  private final long maxDiff; // exclusive
  private long inserted;
  private long sampled;

  SamplesPerInsertLimiter(ReplaySettings settings) {
    int decimals =
        Math.max(
            ReplaySettings.decimals(settings.samplesPerInsert()),
            ReplaySettings.decimals(settings.tolerance()));
    minSize = settings.minSize();
    unitsPerSample = units(1, decimals);
    unitsPerInsert = units(settings.samplesPerInsert(), decimals);
    chunkUnits = settings.insertSize() * unitsPerInsert;
    batchUnits = settings.sampleSize() * unitsPerSample;
    long offset = minSize * unitsPerInsert;
    long tolerance = units(settings.tolerance(), decimals);
    minDiff = offset - tolerance;
    maxDiff = offset + chunkUnits + batchUnits + tolerance;
  }

  /** Whether the next batch may be drawn from a table of {@code size} transitions. */
  boolean canSample(int size) {
    return size >= minSize && diff() - batchUnits >= minDiff;
  }

  /** Whether the next chunk may be inserted into a table of {@code size} transitions. */
  boolean canInsert(int size) {
    return size < minSize || diff() + chunkUnits < maxDiff;
  }

  /** Counts transitions that were inserted. */
  void insert(int transitions) {
    inserted += transitions;
  }

  /** Counts transitions that were drawn. */
  void sample(int transitions) {
    sampled += transitions;
  }

  /**
   * Goes on from earlier counts.
   *
   * @throws UnusableStateException if no limiter of these settings could have come to them
   */
  void restore(long insertedBefore, long sampledBefore, int size) {
    inserted = insertedBefore;
    sampled = sampledBefore;
    try {
      checkInvariants(size);
    } catch (IllegalStateException e) {
      throw new UnusableStateException("the replay counters cannot be: " + e.getMessage());
    }
  }

  /** Transitions inserted so far. */
  long inserted() {
    return inserted;
  }

  /** Transitions drawn so far. */
  long sampled() {
    return sampled;
  }

  LimiterState state(int size) {
    return new LimiterState(
        waiting(size), samples(diff()), samples(minDiff), samples(maxDiff), size, minSize);
  }

  /**
   * @throws IllegalStateException naming what is broken
   */
  void checkInvariants(int size) {
    if (!canInsert(size) && !canSample(size)) {
      throw new IllegalStateException("both sides are refused: " + state(size));
    }
    if (sampled > 0 && diff() < minDiff || diff() >= maxDiff) {
      throw new IllegalStateException("the ratio left its bounds: " + state(size));
    }
  }

  private LimiterState.Waiting waiting(int size) {
    if (size < minSize) {
      return LimiterState.Waiting.SAMPLES_FOR_MIN_SIZE;
    }
    if (!canSample(size)) {
      return LimiterState.Waiting.SAMPLES_FOR_INSERTS;
    }
    return canInsert(size) ? LimiterState.Waiting.NOBODY : LimiterState.Waiting.INSERTS_FOR_SAMPLES;
  }

  private long diff() {
    return inserted * unitsPerInsert - sampled * unitsPerSample; // exact modulo 2^64, see above
  }

  private double samples(long units) {
    return (double) units / unitsPerSample;
  }

  private static long units(double samples, int decimals) {
    return BigDecimal.valueOf(samples).scaleByPowerOfTen(decimals).longValueExact();
  }
}
