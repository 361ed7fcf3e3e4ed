package io.limber.streams.metrics;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Passes through the sinks behind all that was published before it, and learns how long the record
 * is that a run is cut back to when it is resumed from here.
 *
 * @param time wall-clock time
 * @param position completes with that length, in bytes
 */
record Mark(Instant time, CompletableFuture<Long> position) implements Published {

  @Override
  public void to(MetricSink sink) throws IOException {
    try {
      OptionalLong synced = sink.mark();
      if (synced.isPresent()) {
        position.complete(synced.getAsLong());
      }
    } catch (IOException e) {
      position.completeExceptionally(e);
      throw e; // counted as the sink's
    }
  }
}
