package io.limber.streams.metrics;

import io.limber.core.metrics.Metric;
import java.util.Map;

/**
 * A sink at work, with the queue before it.
 *
 * @param sink what takes the reports
 * @param queue what its queue counts
 * @param consumer what the sink itself counts, and its end
 */
record SinkBranch(MetricSink sink, QueueCounters queue, MetricSinkStage.Running consumer) {

  Map<Metric, Double> values() {
    return Map.of(
        Metric.QUEUE_DEPTH, queue.depth().doubleValue(),
        Metric.QUEUE_DROPPED, queue.dropped().doubleValue(),
        Metric.QUEUE_FAILURES, consumer.failures().doubleValue());
  }
}
