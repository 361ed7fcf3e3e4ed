package io.limber.streams.metrics;

import java.io.IOException;
import java.time.Instant;

/** Something that sinks take, and when it was published. Immutable. */
public sealed interface Published permits TimedReport, TimedTables, Mark {

  /** Wall-clock time. */
  Instant time();

  /** Hands it to a sink. */
  void to(MetricSink sink) throws IOException;
}
