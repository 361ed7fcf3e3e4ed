package io.limber.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource({
    "> 0.5, 0.6, 0.5",
    ">= 0.5, 0.5, 0.4",
    "< -1e9, -2e9, -1e9",
    "<=2, 2, 2.1",
    "not-finite, NaN, 1",
    "not-finite, -Infinity, 0"
  })
  void threshold_ofAValue_holdsOrNot(String text, double holds, double holdsNot) {
    Tracker tracker = Condition.parse(text).trackers().get();

    assertThat(tracker.holds(1, Instant.EPOCH, holds)).isTrue();
    assertThat(tracker.holds(2, Instant.EPOCH, holdsNot)).isFalse();
  }

  @Test
  void threshold_ofNaN_doesNotHold() {
    assertThat(Condition.parse("< 5").trackers().get().holds(1, Instant.EPOCH, Double.NaN))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // a line from 1 down to 0.6 over the window of 1000 steps: change −0.4, which is −40 %
    "change < -0.39 over 1000, true",
    "change < -0.41 over 1000, false",
    "change > 0.39 over 1000, false",
    "relative-change < -39% over 1000, true",
    "relative-change < -41% over 1000, false",
    "relative-change < -0.39 over 1000, true"
  })
  void trend_ofALine_isItsChangeOverTheWindow(String text, boolean expected) {
    assertThat(after(text, 1000, step -> 1 - 0.0004 * step)).isEqualTo(expected);
  }

  @Test
  void trend_whoseValueIsNegative_isRelativeToItsSize() {
    assertThat(after("relative-change < -39% over 1000", 1000, step -> -1 - 0.0004 * step))
        .isTrue();
  }

  @Test
  void trend_ofOneValueOutOfLine_doesNotFollowIt() {
    // least squares would give a change of -0.36
    assertThat(
            after(
                "change < -0.3 over 1000",
                1000,
                step -> step == 900 ? 0 : 1 + (step / 100 % 2 == 0 ? 0.1 : -0.1)))
        .isFalse();
  }

  @Test
  void trend_beforeHalfOfTheWindow_isUnknown() {
    assertThat(after("change < -0.1 over 1000", 400, step -> -step)).isFalse();
    assertThat(after("change < -0.1 over 1000", 500, step -> -step)).isTrue();
  }

  @Test
  void trend_ofWhatLiesBeforeTheWindow_isForgotten() {
    // falls steeply until step 5000, then is level for more than a window
    assertThat(after("change < -0.1 over 1000", 7000, step -> -Math.min(step, 5000))).isFalse();
  }

  @Test
  void trend_ofStepsThatComeAgain_forgetsWhatWasUndone() {
    Tracker tracker = Condition.parse("change > 500 over 1000").trackers().get();
    boolean rising = false;
    for (long step = 0; step <= 1000; step += 100) {
      rising = tracker.holds(step, Instant.EPOCH, step);
    }
    assertThat(rising).isTrue();

    for (long step = 0; step <= 1000; step += 100) {
      assertThat(tracker.holds(step, Instant.EPOCH, 0)).isFalse();
    }
  }

  @Test
  void trend_ofEndlesslyManyValues_isStillRight() {
    Tracker falling = Condition.parse("change < -0.39 over 1000000").trackers().get();
    Tracker faster = Condition.parse("change < -0.41 over 1000000").trackers().get();
    boolean holds = false;
    for (long step = 0; step <= 1_000_000; step += 50) {
      holds = falling.holds(step, Instant.EPOCH, 1 - 4e-7 * step);
      assertThat(faster.holds(step, Instant.EPOCH, 1 - 4e-7 * step)).isFalse();
    }
    assertThat(holds).isTrue();
  }

  @Test
  void rate_ofACount_isPerSecond() {
    Tracker tracker = Condition.parse("rate > 0.9 over 1m").trackers().get();
    boolean holds = false;
    for (int second = 0; second <= 120; second += 2) {
      boolean busy = second <= 60;
      holds = tracker.holds(0, Instant.ofEpochSecond(second), busy ? 0.95 * second : 57);
      assertThat(holds).as("after %d s", second).isEqualTo(second >= 30 && second <= 62);
    }
    assertThat(holds).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.5",
        "= 0.5",
        "> much",
        "> 1 over 5",
        "> 5%",
        "change < 1",
        "change < 1 over 0",
        "change < 1 over 60s",
        "change < 5% over 10",
        "rate > 1 over 60",
        "rate > 1 over 9999999999999s"
      })
  void parse_ofAnythingElse_namesTheForms(String text) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relative-change < -30% over 50000");
  }

  /** What a tracker says after values every hundred steps. */
  private static boolean after(String text, long steps, LongToDoubleFunction value) {
    Tracker tracker = Condition.parse(text).trackers().get();
    boolean holds = false;
    for (long step = 0; step <= steps; step += 100) {
      holds = tracker.holds(step, Instant.EPOCH, value.applyAsDouble(step));
    }
    return holds;
  }
}
