package io.limber.app.probe;

import io.limber.app.run.Signals;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the user has asked for an end.
 *
 * @param signal completes when a signal arrives
 */
record Stop(CompletableFuture<Signals.Signal> signal) {

  boolean isAsked() {
    return signal.isDone();
  }

  /**
   * Goes on unless an end was asked for.
   *
   * @throws CancellationException otherwise
   */
  void check() {
    if (isAsked()) {
      throw new CancellationException("stopped by SIG" + signal.join());
    }
  }
}
