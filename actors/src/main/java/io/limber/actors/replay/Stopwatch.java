package io.limber.actors.replay;

/** Adds up for how long something was blocked. Not thread-safe: one owner. */
final class Stopwatch {

  private long blockedNanos;
  private long sinceNanos;
  private boolean blocked;

  /** Notes whether it is blocked from {@code nowNanos} on. */
  void set(boolean nowBlocked, long nowNanos) {
    if (blocked) {
      blockedNanos += nowNanos - sinceNanos;
    }
    blocked = nowBlocked;
    sinceNanos = nowNanos;
  }

  /** Seconds blocked so far. */
  double seconds(long nowNanos) {
    set(blocked, nowNanos);
    return blockedNanos * 1.0e-9;
  }
}
