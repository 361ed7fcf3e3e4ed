package io.limber.actors.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.ProcessMeter;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.metrics.MetricsHub;
import io.limber.streams.metrics.QueuePolicy;
import io.limber.testkit.AkkaTestKit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsActorTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final int REPORTS = 20; // more than the hub's and the sink's queues of 1 hold

  private static final AtomicInteger SPAWNED = new AtomicInteger();

  private final ActorTestKit kit = AKKA.kit();
  private final StuckSink sink = new StuckSink();

  @Test
  void reports_inLockstepWhileASinkIsStuck_waitAndAllArriveInOrder() {
    ActorRef<MetricsActor.Command> metrics = metrics(true);
    TestProbe<MetricsActor.Synced> synced = kit.createTestProbe();
    TestProbe<MetricsActor.Flushed> flushed = kit.createTestProbe();

    recordAll(metrics);
    metrics.tell(new MetricsActor.Sync(synced.getRef()));
    sink.goOn.countDown();
    synced.expectMessage(new MetricsActor.Synced());
    metrics.tell(new MetricsActor.Complete(flushed.getRef()));

    assertThat(flushed.receiveMessage().refused()).isZero();
    assertThat(sink.steps).hasSize(REPORTS).isSorted();
  }

  @Test
  void reports_asyncWhileASinkIsStuck_areRefusedAndCountedAndNobodyWaits() {
    ActorRef<MetricsActor.Command> metrics = metrics(false);
    TestProbe<MetricsActor.Synced> synced = kit.createTestProbe();
    TestProbe<MetricsActor.Flushed> flushed = kit.createTestProbe();

    recordAll(metrics);
    metrics.tell(new MetricsActor.Sync(synced.getRef()));
    synced.expectMessage(new MetricsActor.Synced()); // although the sink is stuck
    metrics.tell(new MetricsActor.Complete(flushed.getRef()));
    sink.goOn.countDown();

    assertThat(flushed.receiveMessage().refused())
        .isPositive()
        .isEqualTo(REPORTS - sink.steps.size());
  }

  @Test
  void messages_thatReachNobody_areCounted() {
    sink.goOn.countDown();
    ActorRef<MetricsActor.Command> metrics = metrics(false, Duration.ofMillis(10));
    TestProbe<String> gone = kit.createTestProbe();
    gone.stop();
    TestProbe<Object> patience = kit.createTestProbe();
    patience.expectTerminated(gone.getRef());

    patience.awaitAssert(
        Duration.ofSeconds(30),
        () -> {
          gone.getRef().tell("anybody there?"); // until the actor has subscribed and reported
          assertThat(sink.deadLetters).isPositive();
          return null;
        });
    kit.stop(metrics);
  }

  private ActorRef<MetricsActor.Command> metrics(boolean lockstep) {
    return metrics(lockstep, Duration.ofHours(1));
  }

  private ActorRef<MetricsActor.Command> metrics(boolean lockstep, Duration interval) {
    return kit.spawn(
        MetricsActor.create(
            MetricsHub.blueprint(List.of(sink), 1, Clock.systemUTC()),
            new MetricsActorSettings(lockstep, 1, interval),
            new StepClock(),
            new ProcessMeter(Clock.systemUTC(), Path.of("."))),
        "metrics-" + SPAWNED.incrementAndGet()); // its reports bear its name
  }

  private void recordAll(ActorRef<MetricsActor.Command> metrics) {
    for (int i = 0; i < REPORTS; i++) {
      metrics.tell(
          new MetricsActor.Record(Report.of("learner-0", i, Map.of(Metric.LEARNER_LOSS, 1.0))));
    }
  }

  private static final class StuckSink implements MetricSink {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Long> steps = new CopyOnWriteArrayList<>();
    private volatile double deadLetters;

    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public QueuePolicy policy() {
      return QueuePolicy.WAIT;
    }

    @Override
    public void accept(Report report, Instant time) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      steps.add(report.step());
      report.measurements().stream()
          .filter(measured -> measured.metric() == Metric.PROCESS_DEAD_LETTERS)
          .forEach(measured -> deadLetters = measured.value());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
