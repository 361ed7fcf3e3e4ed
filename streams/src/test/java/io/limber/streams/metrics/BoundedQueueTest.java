package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.japi.Pair;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import io.limber.streams.StreamTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedQueueTest extends StreamTest {

  private final AtomicInteger taken = new AtomicInteger();

  @Test
  void queue_thatWaits_takesOnlyWhatFits() {
    var run = runCounted(new BoundedQueue<>(3, QueuePolicy.WAIT));

    await(() -> run.second().depth().get() == 3);
    assertThat(taken).hasValue(3);

    run.first().request(1).expectNext(1);
    await(() -> taken.get() == 4);
    run.first().request(9).expectNext(2, 3, 4, 5, 6, 7, 8, 9, 10).expectComplete();
    assertThat(run.second().dropped()).hasValue(0);
  }

  @Test
  void queue_thatDropsTheOldest_takesAllAndCountsWhatItDropped() {
    var run = runCounted(new BoundedQueue<>(3, QueuePolicy.DROP_OLDEST));

    await(() -> taken.get() == 10 && run.second().dropped().get() == 7);
    assertThat(run.second().depth()).hasValue(3);

    run.first().request(3).expectNext(8, 9, 10).expectComplete();
    assertThat(run.second().depth()).hasValue(0);
  }

  @Test
  void queue_whenTheSourceFails_passesOnWhatWaitsAndThenTheFailure() {
    var run = runProbes(new BoundedQueue<>(3, QueuePolicy.WAIT));
    run.first().sendNext(1).sendNext(2).sendError(new IllegalStateException("lost"));

    run.second().request(3).expectNext(1, 2);
    assertThat(run.second().expectError()).hasMessage("lost");
  }

  @Test
  void queue_whenTheSourceCompletesEmpty_completes() {
    var run = runProbes(new BoundedQueue<>(3, QueuePolicy.WAIT));
    run.first().sendComplete();

    run.second().expectSubscriptionAndComplete();
  }

  @Test
  void queue_whenTheConsumerCancels_cancelsTheSource() {
    var run = runProbes(new BoundedQueue<>(3, QueuePolicy.DROP_OLDEST));
    run.first().sendNext(1);
    run.second().request(1).expectNext(1);
    run.second().cancel();

    run.first().expectCancellation();
  }

  @Test
  void queue_withoutRoom_isRefused() {
    assertThatThrownBy(() -> new BoundedQueue<>(0, QueuePolicy.WAIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity = 0 must be at least 1");
  }

  /** The numbers 1 to 10, counted as the queue takes them. */
  private Pair<TestSubscriber.Probe<Integer>, QueueCounters> runCounted(
      BoundedQueue<Integer> queue) {
    return Source.range(1, 10)
        .map(
            n -> {
              taken.incrementAndGet();
              return n;
            })
        .viaMat(queue, Keep.right())
        .toMat(TestSink.create(system), (counters, probe) -> Pair.create(probe, counters))
        .run(system);
  }

  private static Pair<TestPublisher.Probe<Integer>, TestSubscriber.Probe<Integer>> runProbes(
      BoundedQueue<Integer> queue) {
    return TestSource.<Integer>create(system)
        .via(queue)
        .toMat(TestSink.create(system), Keep.both())
        .run(system);
  }
}
