package io.limber.core.replay;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code limber.replay}, with the sizes of the chunks and batches that meet in the
 * table. Refuses whatever could stop both sides for ever.
 *
 * @param capacity transitions kept; the oldest go first
 * @param minSize transitions that must be there before the first batch is drawn
 * @param samplesPerInsert how often each inserted transition is drawn on average
 * @param tolerance how far the drawn samples may be off that ratio, in samples
 * @param file what backs the store; empty: anonymous memory off the heap
 * @param insertSize transitions in the largest chunk
 * @param sampleSize transitions in each batch drawn
 */
public record ReplaySettings(
    int capacity,
    int minSize,
    double samplesPerInsert,
    double tolerance,
    Optional<Path> file,
    int insertSize,
    int sampleSize) {

  /** More decimal places would leave no room to count inserts exactly in 64 bits. */
  private static final int MAX_DECIMALS = 9;

  private static final BigDecimal COUNTABLE = BigDecimal.valueOf(Long.MAX_VALUE / 2);

  public ReplaySettings {
    require(insertSize >= 1, "chunk size", insertSize, "be at least 1");
    require(sampleSize >= 1, "batch size", sampleSize, "be at least 1");
    require(
        capacity >= insertSize,
        "capacity",
        capacity,
        "be at least "
            + insertSize
            + ", the transitions of one chunk (environments.per-actor), or none could be stored");
    require(
        minSize >= 1 && minSize <= capacity,
        "min-size",
        minSize,
        "lie in [1, capacity = " + capacity + "], or no batch could ever be drawn");
    require(
        samplesPerInsert > 0 && Double.isFinite(samplesPerInsert),
        "samples-per-insert",
        samplesPerInsert,
        "be positive and finite, or no batch could ever be drawn");
    require(
        tolerance >= 0 && Double.isFinite(tolerance),
        "tolerance",
        tolerance,
        "be at least 0 and finite, or inserts and samples could wait for each other for ever");
    requireFewDecimals("samples-per-insert", samplesPerInsert);
    requireFewDecimals("tolerance", tolerance);
    requireCountable(samplesPerInsert, tolerance, (double) minSize + insertSize, sampleSize);
  }

  /**
   * Reads {@code limber.replay}.
   *
   * @param limber the section {@code limber}
   * @param insertSize transitions in one chunk: environments per actor
   * @param sampleSize transitions drawn at once: batch size times updates per call
   * @param lockstep uses tolerance 0 whatever is written, so that inserts and samples alternate in
   *     one way only
   * @throws InvalidSettingException naming path, value and consequence
   */
  public static ReplaySettings from(
      Section limber, int insertSize, int sampleSize, boolean lockstep) {
    Section replay = limber.section("replay");
    return new ReplaySettings(
        replay.integer("capacity"),
        replay.integer("min-size"),
        replay.real("samples-per-insert"),
        lockstep ? 0 : replay.real("tolerance"),
        replay.file("file"),
        insertSize,
        sampleSize);
  }

  /** Bytes of the full store, off the heap; allocated at once. */
  public long storeBytes(TransitionSpec spec) {
    return (long) capacity * TransitionStore.rowBytes(spec);
  }

  private static void requireFewDecimals(String key, double value) {
    require(
        decimals(value) <= MAX_DECIMALS,
        key,
        value,
        "have at most "
            + MAX_DECIMALS
            + " decimal places, or samples could not be counted exactly");
  }

  /** The limiter counts in units of the last decimal place; its whole range must fit in a long. */
  private static void requireCountable(
      double samplesPerInsert, double tolerance, double inserts, int sampleSize) {
    int decimals = Math.max(decimals(samplesPerInsert), decimals(tolerance));
    BigDecimal range =
        BigDecimal.valueOf(samplesPerInsert)
            .multiply(BigDecimal.valueOf(inserts))
            .add(BigDecimal.valueOf(tolerance))
            .add(BigDecimal.valueOf(sampleSize))
            .scaleByPowerOfTen(decimals);
    require(
        range.compareTo(COUNTABLE) <= 0,
        "samples-per-insert",
        samplesPerInsert,
        "stay countable: with min-size and tolerance "
            + tolerance
            + " the samples, to "
            + decimals
            + " decimal places, do not fit in 64 bits");
  }

  /** Digits after the decimal point in the shortest decimal that reads back as {@code value}. */
  static int decimals(double value) {
    return Math.max(0, BigDecimal.valueOf(value).stripTrailingZeros().scale());
  }

  private static void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new InvalidSettingException("limber.replay." + key, value, rule);
    }
  }
}
