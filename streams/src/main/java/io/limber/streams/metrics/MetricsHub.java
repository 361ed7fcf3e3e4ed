package io.limber.streams.metrics;

import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.SinkShape;
import akka.stream.UniformFanOutShape;
import akka.stream.javadsl.Broadcast;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.GraphDSL;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.InstantSource;
import java.util.List;

/** Blueprints of the fan-out of reports to sinks. */
public final class MetricsHub {

  private static final String DISPATCHER = "akka.actor.default-blocking-io-dispatcher";

  private MetricsHub() {}

  /**
   * The whole pipeline; running it gives the handle that reports are published to.
   *
   * <p>Order: each sink sees reports in the order of publication. Loss: a sink that drops ({@link
   * QueuePolicy#DROP_OLDEST}) loses its oldest, counted. A sink that waits loses nothing; while its
   * queue is full the hub waits for it, and only when the hub's own queue is full as well is a new
   * report refused, counted and logged, since whoever publishes never waits. Rate: the publishers'.
   * Failure: a failing sink fails nothing else.
   *
   * @param sinks for this run only, each with a name of its own
   * @param queueSize reports that wait in the hub's queue, and in each sink's; at least 1
   * @param clock tells when a report was published
   */
  public static RunnableGraph<RunningMetrics> blueprint(
      List<MetricSink> sinks, int queueSize, InstantSource clock) {
    boolean recorded = sinks.stream().anyMatch(MetricSink::keepsRecord);
    return Source.<Published>queue(queueSize)
        .toMat(
            fanOut(sinks, queueSize),
            (queue, branches) -> new RunningMetrics(queue, branches, clock, recorded));
  }

  /** The part of {@link #blueprint} behind the hub's own queue. */
  static Sink<Published, List<SinkBranch>> fanOut(List<MetricSink> sinks, int queueSize) {
    requireDistinctNames(sinks);
    if (sinks.isEmpty()) {
      return Sink.<Published>ignore().mapMaterializedValue(done -> List.of());
    }
    List<Sink<Published, SinkBranch>> branches =
        sinks.stream().map(sink -> branch(sink, queueSize)).toList();
    return Sink.fromGraph(
        GraphDSL.create(
            branches,
            (GraphDSL.Builder<List<SinkBranch>> builder, List<SinkShape<Published>> inputs) -> {
              UniformFanOutShape<Published, Published> broadcast =
                  builder.add(Broadcast.create(inputs.size()));
              inputs.forEach(input -> builder.from(broadcast).to(input));
              return SinkShape.of(broadcast.in());
            }));
  }

  private static Sink<Published, SinkBranch> branch(MetricSink sink, int queueSize) {
    // An actor of its own, on threads that may block, with nothing queued outside of the queue.
    Sink<Published, MetricSinkStage.Running> consumer =
        Sink.fromGraph(new MetricSinkStage(sink))
            .withAttributes(
                ActorAttributes.dispatcher(DISPATCHER).and(Attributes.inputBuffer(1, 1)))
            .async();
    Flow<Published, Published, QueueCounters> queue =
        Flow.fromGraph(new BoundedQueue<>(queueSize, sink.policy()));
    return queue.toMat(consumer, (counters, running) -> new SinkBranch(sink, counters, running));
  }

  private static void requireDistinctNames(List<MetricSink> sinks) {
    long names = sinks.stream().map(MetricSink::name).distinct().count();
    if (names != sinks.size()) {
      throw new IllegalArgumentException(
          "sinks must have names of their own: " + sinks.stream().map(MetricSink::name).toList());
    }
  }
}
