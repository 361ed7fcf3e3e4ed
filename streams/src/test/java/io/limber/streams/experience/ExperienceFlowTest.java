package io.limber.streams.experience;

import static org.assertj.core.api.Assertions.assertThat;

import akka.japi.Pair;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import io.limber.streams.StreamTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ExperienceFlowTest extends StreamTest {

  private final List<CompletableFuture<String>> begun = new CopyOnWriteArrayList<>();

  @Test
  void insertions_notYetConfirmed_areAtMostThoseAllowed() {
    var run = run(2);
    run.second().request(10);
    run.first().sendNext(0).sendNext(1).sendNext(2).sendNext(3);

    await(() -> begun.size() == 2);
    run.second().expectNoMessage(Duration.ofMillis(50));
    assertThat(begun).hasSize(2);

    begun.get(0).complete("first");
    run.second().expectNext("first");
    await(() -> begun.size() == 3);
  }

  @Test
  void confirmations_thatComeOutOfOrder_areEmittedInOrder() {
    var run = run(2);
    run.second().request(10);
    run.first().sendNext(0).sendNext(1);
    await(() -> begun.size() == 2);

    begun.get(1).complete("second");
    begun.get(0).complete("first");

    run.second().expectNext("first", "second");
  }

  @Test
  void completion_withInsertionsBegun_waitsForThem() {
    var run = run(2);
    run.second().request(10);
    run.first().sendNext(0).sendComplete();
    await(() -> begun.size() == 1);

    begun.get(0).complete("first");

    run.second().expectNext("first").expectComplete();
  }

  @Test
  void insertion_thatFails_failsTheFlowAndStopsTheChunks() {
    var run = run(2);
    run.second().request(10);
    run.first().sendNext(0);
    await(() -> begun.size() == 1);

    begun.get(0).completeExceptionally(new IllegalStateException("replay is gone"));

    assertThat(run.second().expectError()).hasMessageContaining("replay is gone");
    run.first().expectCancellation();
  }

  @Test
  void cancellation_byTheConsumer_stopsTheChunks() {
    var run = run(2);
    run.second().request(1).cancel();

    run.first().expectCancellation();
  }

  private Pair<TestPublisher.Probe<Integer>, TestSubscriber.Probe<String>> run(int inFlight) {
    return TestSource.<Integer>create(system)
        .via(
            ExperienceFlow.insertInto(
                inFlight,
                chunk -> {
                  CompletableFuture<String> insertion = new CompletableFuture<>();
                  begun.add(insertion);
                  return insertion;
                }))
        .toMat(TestSink.create(system), Keep.both())
        .run(system);
  }
}
