package io.limber.core.replay;

import static io.limber.core.replay.LimiterState.Waiting.INSERTS_FOR_SAMPLES;
import static io.limber.core.replay.LimiterState.Waiting.NOBODY;
import static io.limber.core.replay.LimiterState.Waiting.SAMPLES_FOR_INSERTS;
import static io.limber.core.replay.LimiterState.Waiting.SAMPLES_FOR_MIN_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.random.SeededRandom;
import java.math.BigDecimal;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplesPerInsertLimiterTest {

  private static final int ENDLESS = Integer.MAX_VALUE;

  @Test
  void limiter_toleranceZero_alternatesWithExactCounts() {
    // chunks of 64, one batch of 32 per transition: 64 batches after each chunk beyond min-size
    var settings = Rows.settings(100_000, 1_000, 32, 0, 64, 32);
    var limiter = new SamplesPerInsertLimiter(settings);

    for (int chunk = 1; chunk <= 1_000; chunk++) {
      assertThat(limiter.canInsert(size(limiter, settings))).isTrue();
      limiter.insert(64);
      int batches = drain(limiter, settings);
      int due = Math.max(0, 64 * chunk - 1_000) - Math.max(0, 64 * (chunk - 1) - 1_000);
      assertThat(batches).as("batches after chunk %d", chunk).isEqualTo(due);
    }
  }

  @Test
  void limiter_fractionalRatio_countsExactly() {
    // 0.1 is no binary fraction: a sum of doubles would be off after a few thousand chunks
    var settings = Rows.settings(1_000_000, 10, 0.1, 0, 1, 1);
    var limiter = new SamplesPerInsertLimiter(settings);

    for (int i = 1; i <= 1_000_000; i++) {
      limiter.insert(1);
      drain(limiter, settings);
      if (limiter.sampled() != Math.max(0, (i - 10) / 10)) { // asserting a million times is slow
        assertThat(limiter.sampled()).as("samples after %d inserts", i).isEqualTo((i - 10) / 10);
      }
    }
  }

  @Test
  void limiter_afterATrillionInserts_hasNotDrifted() {
    int huge = 1_000_000_000;
    double ratio = 0.123456789; // its products pass 2⁶³ after 7.5e10 inserts
    var settings = Rows.settings(ENDLESS, 1, ratio, 0, huge, 123_456_789);
    var limiter = new SamplesPerInsertLimiter(settings);
    for (int i = 0; i < 1_000; i++) {
      limiter.insert(huge);
      drain(limiter, settings);
      limiter.checkInvariants(ENDLESS);
    }

    BigDecimal exact =
        BigDecimal.valueOf(ratio)
            .multiply(BigDecimal.valueOf(limiter.inserted()))
            .subtract(BigDecimal.valueOf(limiter.sampled()));

    assertThat(limiter.inserted()).isEqualTo(1_000_000_000_000L);
    assertThat(limiter.state(ENDLESS).diff()).isEqualTo(exact.doubleValue());
    // owed: less than one batch beyond the offset of min-size
    assertThat(exact.doubleValue()).isBetween(ratio, ratio + 123_456_789);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void limiter_anyOrderOfWork_neverRefusesBothAndKeepsTheRatio(
      @ForAll @IntRange(min = 1, max = 50) int minSize,
      @ForAll @IntRange(min = 1, max = 4_000) int ratioPerMille,
      @ForAll @IntRange(min = -200, max = 400) int tolerancePerCent,
      @ForAll @IntRange(min = 1, max = 20) int insertSize,
      @ForAll @IntRange(min = 1, max = 40) int sampleSize,
      @ForAll long seed) {
    double ratio = ratioPerMille / 1000.0;
    double tolerance =
        Math.max(0, tolerancePerCent / 100.0); // 0, lockstep, in a third of the tries
    var settings = Rows.settings(100, minSize, ratio, tolerance, insertSize, sampleSize);
    var limiter = new SamplesPerInsertLimiter(settings);
    var random = new SeededRandom(seed);

    for (int i = 0; i < 200; i++) {
      int size = size(limiter, settings);
      boolean canInsert = limiter.canInsert(size);
      boolean canSample = limiter.canSample(size);
      assertThat(canInsert || canSample).as("one side may go on").isTrue();
      if (tolerance == 0) {
        assertThat(canInsert && canSample).as("strict alternation").isFalse();
      }
      if (canInsert && (!canSample || random.nextBoolean())) {
        limiter.insert(insertSize);
      } else {
        limiter.sample(sampleSize);
      }
      limiter.checkInvariants(size(limiter, settings));
      double off = ratio * (limiter.inserted() - minSize) - limiter.sampled();
      if (limiter.sampled() > 0) { // 1e-6: rounding of this line's own doubles
        assertThat(off)
            .isBetween(-tolerance - 1e-6, tolerance + insertSize * ratio + sampleSize + 1e-6);
      }
    }
  }

  @Test
  void state_tellsWhoWaitsAndWhy() {
    var settings = Rows.settings(10_000, 1_000, 1, 64, 100, 32);
    var limiter = new SamplesPerInsertLimiter(settings);
    limiter.insert(400);

    LimiterState filling = limiter.state(400);
    limiter.insert(600);
    LimiterState open = limiter.state(1_000);
    limiter.sample(32);
    limiter.sample(32);
    LimiterState drawnAhead = limiter.state(1_000);
    limiter.insert(100);
    limiter.insert(100);
    LimiterState insertedAhead = limiter.state(1_200);

    assertThat(filling.waiting()).isEqualTo(SAMPLES_FOR_MIN_SIZE);
    assertThat(filling.text()).isEqualTo("sampling is waiting for min-size: 400 of 1000");
    assertThat(open.waiting()).isEqualTo(NOBODY);
    assertThat(open.text()).isEqualTo("open");
    assertThat(drawnAhead.waiting()).isEqualTo(SAMPLES_FOR_INSERTS);
    assertThat(drawnAhead.diff()).isEqualTo(936); // 1,000 inserted, 64 drawn
    assertThat(drawnAhead.text())
        .isEqualTo(
            "sampling is waiting for inserts: a batch would take the samples owed from 936.0 to"
                + " under 936.0");
    assertThat(insertedAhead.waiting()).isEqualTo(INSERTS_FOR_SAMPLES);
    assertThat(insertedAhead.text())
        .isEqualTo(
            "inserting is waiting for samples: a chunk would take the samples owed from 1136.0 to"
                + " 1196.0 or more");
  }

  @Test
  void checkInvariants_moreDrawnThanAllowed_isReported() {
    var limiter = new SamplesPerInsertLimiter(Rows.settings(100, 10, 1, 0, 1, 4));
    limiter.insert(20);
    limiter.sample(12);

    assertThatThrownBy(() -> limiter.checkInvariants(20))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the ratio left its bounds");
  }

  private static int size(SamplesPerInsertLimiter limiter, ReplaySettings settings) {
    return (int) Math.min(limiter.inserted(), settings.capacity());
  }

  private static int drain(SamplesPerInsertLimiter limiter, ReplaySettings settings) {
    int batches = 0;
    while (limiter.canSample(size(limiter, settings))) {
      limiter.sample(settings.sampleSize());
      batches++;
    }
    return batches;
  }
}
