package io.limber.app.run;

import akka.Done;
import akka.stream.javadsl.Sink;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.metrics.MetricsHub;
import io.limber.streams.metrics.RunningMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Joins the one stream of reports that the actors write to with the hub of all sinks. */
final class MetricsOutlet {

  private MetricsOutlet() {}

  /**
   * Order: kept. Loss: what the hub refuses, counted there. Rate: never waits. Failure: of a sink
   * stays with that sink. Its value completes when all sinks have closed.
   *
   * @param sinks of this run
   * @param queueSize reports that wait in each queue
   */
  static Sink<Report, CompletionStage<Done>> sink(
      List<MetricSink> sinks, int queueSize, InstantSource clock) {
    return Sink.<Report, CompletionStage<Done>>fromMaterializer(
            (materializer, attributes) -> {
              RunningMetrics hub =
                  MetricsHub.blueprint(sinks, queueSize, clock).run(materializer);
              return Sink.<Report>foreach(report -> publish(hub, report))
                  .mapMaterializedValue(
                      ended ->
                          ended.handle((done, failure) -> done).thenCompose(x -> hub.complete()));
            })
        .mapMaterializedValue(started -> started.thenCompose(Function.identity()));
  }

  private static void publish(RunningMetrics hub, Report report) {
    hub.publish(report);
    // The hub has no clock of its own: its queues are reported as often as the process is.
    boolean system =
        report.measurements().stream().anyMatch(m -> m.metric() == Metric.PROCESS_HEAP_USED);
    if (system) {
      hub.queueReports(report.step()).forEach(hub::publish);
    }
  }
}
