package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.japi.Pair;
import akka.stream.Materializer;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.javadsl.TestSource;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.StreamTest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MetricsHubTest extends StreamTest {

  private final FakeSink file = new FakeSink("file", QueuePolicy.WAIT);

  @Test
  void publish_ofReports_reachesEachSinkInOrderWithItsTime() throws Exception {
    FakeSink console = new FakeSink("console", QueuePolicy.DROP_OLDEST);
    RunningMetrics metrics = run(100, file, console);

    LongStream.range(0, 50).forEach(step -> publish(metrics, step));

    assertThat(result(metrics.complete())).isEqualTo(Done.getInstance());
    assertThat(file.steps).containsExactlyElementsOf(steps(0, 50));
    assertThat(console.steps).isEqualTo(file.steps);
    assertThat(file.times).hasSize(50).containsOnly(Reports.TIME);
  }

  @Test
  void slowSinkThatDrops_whileOthersGoOn_losesItsOldestAndCountsThem() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    FakeSink slow = new FakeSink("slow", QueuePolicy.DROP_OLDEST, gate);
    var run = runFanOut(4, file, slow);
    var branch = run.second().get(1);
    run.first().sendNext(Reports.timed(0));
    assertThat(slow.entered.await(20, TimeUnit.SECONDS)).isTrue(); // it has the first in hand

    // at most one more lies between its queue and itself
    LongStream.range(1, 50).forEach(step -> run.first().sendNext(Reports.timed(step)));
    await(() -> file.steps.size() == 50);
    await(() -> branch.queue().dropped().get() >= 44);
    gate.countDown();
    run.first().sendComplete();
    result(branch.consumer().closed());

    assertThat(slow.steps).endsWith(46L, 47L, 48L, 49L).isSorted();
    assertThat(slow.steps.size() + branch.queue().dropped().get()).isEqualTo(50);
    assertThat(file.steps).containsExactlyElementsOf(steps(0, 50));
  }

  @Test
  void slowSinkThatWaits_whenAllQueuesAreFull_makesPublishRefuseAndCount() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    FakeSink stuck = new FakeSink("stuck", QueuePolicy.WAIT, gate);
    RunningMetrics metrics = run(4, stuck);
    assertThat(publish(metrics, 0)).isTrue();
    assertThat(stuck.entered.await(20, TimeUnit.SECONDS)).isTrue();

    AtomicLong offered = new AtomicLong(1);
    AtomicLong accepted = new AtomicLong(1);
    await(
        () -> {
          accepted.addAndGet(publish(metrics, offered.getAndIncrement()) ? 1 : 0);
          return metrics.depth() == 4 && accepted.get() < offered.get();
        });
    double refused = value(metrics, RunningMetrics.SOURCE, Metric.QUEUE_DROPPED);
    gate.countDown();
    result(metrics.complete());

    // one in hand and four in the hub at least; four in its queue and two on the way at most
    assertThat(accepted.get()).isBetween(5L, 11L);
    assertThat(refused).isEqualTo(offered.get() - accepted.get());
    assertThat(stuck.steps).hasSize((int) accepted.get()).isSorted();
  }

  @Test
  void sinkThatFailsOnce_isCountedAndHurtsNobody() throws Exception {
    for (LongFunction<Exception> failure : failures()) {
      FakeSink others = new FakeSink("others", QueuePolicy.WAIT);
      FakeSink failing = failingAt(7, failure);
      RunningMetrics metrics = run(100, failing, others);

      LongStream.range(0, 20).forEach(step -> publish(metrics, step));
      result(metrics.complete());

      assertThat(others.steps).containsExactlyElementsOf(steps(0, 20));
      assertThat(failing.steps).hasSize(19).doesNotContain(7L).endsWith(19L);
      assertThat(value(metrics, "failing", Metric.QUEUE_FAILURES)).isEqualTo(1);
      assertThat(value(metrics, "others", Metric.QUEUE_FAILURES)).isZero();
    }
  }

  @Test
  void sinkThatFailsToClose_isCountedAndTheRunEndsAllTheSame() throws Exception {
    FakeSink failing =
        new FakeSink("failing", QueuePolicy.WAIT) {
          @Override
          public void close() throws IOException {
            throw new IOException("No space left on device");
          }
        };
    RunningMetrics metrics = run(4, failing, file);

    result(metrics.complete());

    assertThat(file.closed.getCount()).isZero();
    assertThat(value(metrics, "failing", Metric.QUEUE_FAILURES)).isEqualTo(1);
  }

  @Test
  void flush_whileNothingComes_isCalledByTheClock() throws Exception {
    RunningMetrics metrics = run(4, file);
    publish(metrics, 0);

    await(() -> file.flushes.get() >= 3);
    result(metrics.complete());
  }

  @Test
  void complete_calledTwice_refusesFurtherReportsAndClosesOnce() throws Exception {
    RunningMetrics metrics = run(4, file);
    publish(metrics, 0);

    result(metrics.complete());
    result(metrics.complete());

    assertThat(publish(metrics, 1)).isFalse();
    assertThat(file.steps).containsExactly(0L);
    assertThat(value(metrics, RunningMetrics.SOURCE, Metric.QUEUE_DROPPED)).isZero();
  }

  @Test
  void stream_thatFails_writesWhatWaitsClosesTheSinksAndTellsTheCause() throws Exception {
    var run = runFanOut(10, file);
    run.first().sendNext(Reports.timed(0)).sendNext(Reports.timed(1));
    run.first().sendError(new IllegalStateException("lost"));

    assertThatThrownBy(() -> result(run.second().get(0).consumer().closed()))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("lost");
    assertThat(file.steps).containsExactly(0L, 1L);
    assertThat(file.closed.getCount()).isZero();
  }

  @Test
  void materializer_thatIsShutDown_closesTheSinks() throws Exception {
    Materializer materializer = Materializer.createMaterializer(system);
    RunningMetrics metrics =
        MetricsHub.blueprint(List.of(file), 4, InstantSource.system()).run(materializer);
    publish(metrics, 0);
    await(() -> file.steps.size() == 1);

    materializer.shutdown();

    assertThat(file.closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void hub_withoutSinks_runsAndCompletes() throws Exception {
    RunningMetrics metrics = run(4);

    assertThat(publish(metrics, 0)).isTrue();
    assertThat(metrics.done().toCompletableFuture()).isNotDone();
    result(metrics.complete());
  }

  @Test
  void hub_withTwoSinksOfOneName_isRefused() {
    assertThatThrownBy(() -> run(4, file, new FakeSink("file", QueuePolicy.WAIT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sinks must have names of their own: [file, file]");
  }

  @Test
  void queueReports_ofARunningHub_tellOfEachQueue() throws Exception {
    RunningMetrics metrics = run(4, file);

    List<Report> reports = metrics.queueReports(12);
    result(metrics.complete());

    assertThat(reports).extracting(Report::source).containsExactly("metrics-hub", "file");
    assertThat(reports).extracting(Report::step).containsOnly(12L);
    assertThat(reports).noneMatch(Report::reproducible);
  }

  @Test
  void queueReports_ofASinkThatHasToSaySomething_endWithIt() throws Exception {
    FakeSink talkative =
        new FakeSink("talkative", QueuePolicy.WAIT) {
          @Override
          public List<Report> reports(long step) {
            return List.of(Reports.loss(step, 0.5));
          }
        };
    RunningMetrics metrics = run(4, talkative);

    List<Report> reports = metrics.queueReports(12);
    result(metrics.complete());

    assertThat(reports).hasSize(3).last().isEqualTo(Reports.loss(12, 0.5));
  }

  private static List<LongFunction<Exception>> failures() {
    return List.of(
        step -> new IOException("No space left on device"),
        step -> new IllegalStateException("a bug"));
  }

  private static FakeSink failingAt(long step, LongFunction<Exception> failure) {
    return new FakeSink("failing", QueuePolicy.WAIT) {
      @Override
      public void accept(Report report, Instant time) throws IOException {
        if (report.step() == step) {
          Exception e = failure.apply(step);
          if (e instanceof IOException io) {
            throw io;
          }
          throw (RuntimeException) e;
        }
        super.accept(report, time);
      }
    };
  }

  private static RunningMetrics run(int queueSize, MetricSink... sinks) {
    return MetricsHub.blueprint(List.of(sinks), queueSize, () -> Reports.TIME).run(system);
  }

  private static Pair<TestPublisher.Probe<Published>, List<SinkBranch>> runFanOut(
      int queueSize, MetricSink... sinks) {
    return TestSource.<Published>create(system)
        .toMat(MetricsHub.fanOut(List.of(sinks), queueSize), Keep.both())
        .run(system);
  }

  private static boolean publish(RunningMetrics metrics, long step) {
    return metrics.publish(Reports.loss(step, 1.0));
  }

  private static List<Long> steps(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private static double value(RunningMetrics metrics, String source, Metric metric) {
    return metrics.queueReports(0).stream()
        .filter(report -> report.source().equals(source))
        .flatMap(report -> report.measurements().stream())
        .filter(measurement -> measurement.metric() == metric)
        .mapToDouble(Measurement::value)
        .findAny()
        .orElseThrow();
  }
}
