package io.limber.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** A learner whose updates are a known function of time. */
class UpdateTimesTest {

  private static final double SECOND = 1e9;
  private static final int SECONDS = 20;

  /** Calls of ten updates. */
  private static final int CALL = 10;

  @Test
  void lost_ofAPauseWithinTheWindow_isWhatItWouldHaveMade() {
    UpdateTimes times = times(t -> 1000 * (t - pause(t)));

    // moments between two calls are off by less than a call
    assertThat(lost(times, 9, 12)).isCloseTo(200, within((double) CALL));
  }

  @Test
  void lost_whileTheMachineSlowsDownEvenly_isNothing() {
    UpdateTimes steady = times(t -> 1000 * t - 10 * t * t);
    UpdateTimes paused = times(t -> 1000 * (t - pause(t)) - 10 * t * t);

    // exactly 0 by algebra: the mean rate beside a window is that within it, if the slope is even
    assertThat(lost(steady, 9, 12)).isCloseTo(0, within((double) CALL));
    assertThat(lost(paused, 9, 12)).isCloseTo(200, within((double) CALL));
  }

  @Test
  void lost_ofAPauseBesideTheWindow_isSeenTheOtherWayRound() {
    UpdateTimes times = times(t -> 1000 * (t - pause(t)));

    // 0.2 s of the 2 s before it: a rate of 950 on average, where 1,000 are made
    assertThat(lost(times, 11, 14)).isCloseTo(-150, within(2.0 * CALL));
  }

  @Test
  void moments_thatWereNotWatched_areRefused() {
    UpdateTimes times = times(t -> 1000 * t);

    assertThat(times.between(seconds(1), seconds(3))).isCloseTo(2000, within(1e-6));
    assertThat(times.perSecond(seconds(1), seconds(3))).isCloseTo(1000, within(1e-6));
    assertThat(times.timeOf(5000)).isEqualTo(seconds(5));
    assertThatThrownBy(() -> times.timeOf(5001)).hasMessageContaining("5001");
    assertThatThrownBy(() -> times.between(seconds(1), seconds(SECONDS + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Seconds of a pause from 10 to 10.2 s that have passed by then. */
  private static double pause(double t) {
    return Math.min(Math.max(0, t - 10), 0.2);
  }

  private static double lost(UpdateTimes times, double from, double to) {
    return times.lost(seconds(from), seconds(to), seconds(2));
  }

  private static long seconds(double seconds) {
    return Math.round(seconds * SECOND);
  }

  /** Looks every 0.1 ms whether another call has ended. */
  private static UpdateTimes times(DoubleUnaryOperator updates) {
    UpdateTimes times = new UpdateTimes();
    long next = 0;
    for (int tick = 0; tick <= SECONDS * 10_000; tick++) {
      double seconds = tick / 1e4;
      if (updates.applyAsDouble(seconds) >= next) {
        times.at(next, seconds(seconds));
        next += CALL;
      }
    }
    return times;
  }
}
