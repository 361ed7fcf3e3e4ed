package io.limber.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all fakes of native things check: used by one thread at a time, never after it is closed,
 * and closed once.
 */
abstract class FakeThing implements AutoCloseable {

  private final AtomicInteger open;
  private final AtomicInteger users = new AtomicInteger();
  private volatile boolean closed;

  FakeThing(AtomicInteger open) {
    this.open = open;
    open.incrementAndGet();
  }

  final void enter() {
    if (closed) {
      throw new IllegalStateException(getClass().getSimpleName() + " is used after close");
    }
    if (users.incrementAndGet() != 1) {
      throw new IllegalStateException(getClass().getSimpleName() + " has two users at a time");
    }
  }

  final void leave() {
    users.decrementAndGet();
  }

  @Override
  public final void close() {
    enter();
    closed = true;
    open.decrementAndGet();
  }
}
