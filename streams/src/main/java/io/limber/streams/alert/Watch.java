package io.limber.streams.alert;

import java.time.Instant;
import java.util.Optional;

/** One rule over one source: when its condition began to hold, and whether it fires. */
final class Watch {

  private final AlertRule rule;
  private final String source;
  private final Tracker tracker;
  private Instant heldSince; // null while the condition does not hold
  private long step;
  private double value;
  private AlertState state;

  Watch(AlertRule rule, String source, Instant start) {
    this.rule = rule;
    this.source = source;
    tracker = rule.condition().trackers().get();
    state = state(false, start);
  }

  /** Takes the next value; the new state if it changed. */
  Optional<AlertState> add(long newStep, Instant time, double newValue) {
    step = newStep;
    value = newValue;
    boolean holds = tracker.holds(step, time, value);
    if (!holds) {
      heldSince = null;
    } else if (heldSince == null || rule.condition().onSilence()) {
      heldSince = time;
    }
    return at(time);
  }

  /** What the time that passed changes by itself; the new state if it did. */
  Optional<AlertState> at(Instant now) {
    boolean fires = heldSince != null && !now.isBefore(heldSince.plus(rule.holdFor()));
    if (fires == state.firing()) {
      return Optional.empty();
    }
    state = state(fires, now);
    return Optional.of(state);
  }

  AlertState state() {
    return state;
  }

  private AlertState state(boolean firing, Instant time) {
    return new AlertState(
        rule.name(),
        rule.metric().id(),
        source,
        rule.condition().text(),
        firing,
        time,
        step,
        value);
  }
}
