package io.limber.streams.metrics;

import akka.Done;
import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@link MetricsHub}. Any thread; no method blocks. */
public final class RunningMetrics {

  /** Source of the reports about the hub's own queue. */
  public static final String SOURCE = "metrics-hub";

  private static final Logger LOG = LoggerFactory.getLogger(RunningMetrics.class);

  private final BoundedSourceQueue<Published> queue;
  private final List<SinkBranch> branches;
  private final InstantSource clock;
  private final boolean recorded;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicBoolean completed = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Done> done;

  RunningMetrics(
      BoundedSourceQueue<Published> queue,
      List<SinkBranch> branches,
      InstantSource clock,
      boolean recorded) {
    this.recorded = recorded;
    this.queue = queue;
    this.branches = branches;
    this.clock = clock;
    done = ends().thenApply(nothing -> Done.getInstance());
  }

  /** Without sinks nothing closes, and the end is that no more reports come. */
  private CompletableFuture<Void> ends() {
    return branches.isEmpty()
        ? ended
        : CompletableFuture.allOf(
            branches.stream()
                .map(branch -> branch.consumer().closed())
                .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Hands a report to all sinks.
   *
   * @return false if it was refused, because the hub's queue is full (counted, and the first one
   *     logged) or {@link #complete} was called
   */
  public boolean publish(Report report) {
    return offer(new TimedReport(report, clock.instant()), report.source(), report.step());
  }

  /** Hands tables to all sinks; refused as reports are. */
  public boolean publish(ProbeTables tables) {
    return offer(new TimedTables(tables, clock.instant()), tables.probe(), tables.step());
  }

  /**
   * Length of the record with all that was published so far, in bytes, when it is synced to disk;
   * −1 where no sink keeps one. Fails if the sink does, or if the hub's queue is full.
   */
  public CompletionStage<Long> mark() {
    if (!recorded) {
      return CompletableFuture.completedStage(-1L);
    }
    CompletableFuture<Long> position = new CompletableFuture<>();
    if (!queue.offer(new Mark(clock.instant(), position)).isEnqueued()) {
      position.completeExceptionally(new IllegalStateException("the metrics hub's queue is full"));
    }
    return position.minimalCompletionStage();
  }

  private boolean offer(Published published, String source, long step) {
    QueueOfferResult result = queue.offer(published);
    if (result == QueueOfferResult.dropped() && refused.getAndIncrement() == 0) {
      LOG.warn(
          "The metrics hub's queue is full: reports are lost from {} at step {} on", source, step);
    }
    return result.isEnqueued();
  }

  /** Reports in the hub's own queue; while it is under the queue's size, none is refused. */
  public int depth() {
    return queue.size();
  }

  /**
   * Depth, drops and failures of each queue, and what the sinks have to say themselves, as reports
   * to be published like others.
   *
   * @param step newest known learner step
   */
  public List<Report> queueReports(long step) {
    List<Report> reports = new ArrayList<>();
    Map<Metric, Double> hub =
        Map.of(
            Metric.QUEUE_DEPTH, (double) queue.size(), Metric.QUEUE_DROPPED, refused.doubleValue());
    reports.add(Report.of(SOURCE, step, hub));
    for (SinkBranch branch : branches) {
      reports.add(Report.of(branch.sink().name(), step, branch.values()));
      reports.addAll(branch.sink().reports(step));
    }
    return reports;
  }

  /**
   * Takes no more reports; what was published still reaches the sinks. May be called again.
   *
   * @return {@link #done}
   */
  public CompletionStage<Done> complete() {
    if (completed.compareAndSet(false, true)) {
      queue.complete();
      ended.complete(null);
    }
    return done();
  }

  /** Completes when all sinks are flushed and closed; with a failure if the stream failed. */
  public CompletionStage<Done> done() {
    return done.minimalCompletionStage();
  }
}
