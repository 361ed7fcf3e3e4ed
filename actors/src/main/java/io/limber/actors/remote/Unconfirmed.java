package io.limber.actors.remote;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was sent and not confirmed yet, numbered by sequence, so that it can be sent again. Not
 * thread-safe: one owner.
 */
final class Unconfirmed<M> {

  private final Deque<M> messages = new ArrayDeque<>();
  private long first;

  /** Sequence that the next one gets. */
  long next() {
    return first + messages.size();
  }

  void add(M message) {
    messages.add(message);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Sequence of the oldest; {@link #next} if there is none. */
  long first() {
    return first;
  }

  /** Forgets all whose sequence is below this. */
  void confirm(long below) {
    while (!messages.isEmpty() && first < below) {
      messages.remove();
      first++;
    }
  }

  /** All from {@code sequence} on, oldest first. */
  List<M> from(long sequence) {
    return messages.stream().skip(Math.max(0, sequence - first)).toList();
  }

  /** Starts anew: what was sent before is void. */
  void clear() {
    messages.clear();
    first = 0;
  }
}
