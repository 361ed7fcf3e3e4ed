package io.limber.streams.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import io.limber.streams.StreamTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFlowTest extends StreamTest {

  private static final Duration NOTHING = Duration.ofMillis(50);

  private final AtomicInteger draws = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void draws_beyondThoseHandedOver_areAtMostThePrefetch(int prefetch) {
    TestSubscriber.Probe<Integer> learner = run(prefetch);
    learner.ensureSubscription().expectNoMessage(NOTHING);
    assertThat(draws).hasValue(0);

    for (int batch = 1; batch <= 5; batch++) {
      learner.request(1).expectNext(batch);
      int expected = batch + prefetch;
      await(() -> draws.get() == expected);
    }
    learner.expectNoMessage(NOTHING);
    assertThat(draws).hasValue(5 + prefetch);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void draw_thatFails_failsTheSource(int prefetch) {
    TestSubscriber.Probe<Integer> learner =
        BatchFlow.<Integer>prefetched(
                prefetch,
                () -> CompletableFuture.failedFuture(new IllegalStateException("replay is gone")))
            .runWith(TestSink.create(system), system);

    learner.request(1);

    assertThat(learner.expectError()).hasMessageContaining("replay is gone");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void cancellation_byTheLearner_endsTheDraws(int prefetch) {
    TestSubscriber.Probe<Integer> learner = run(prefetch);
    learner.request(1).expectNext(1);
    await(() -> draws.get() == 1 + prefetch);

    learner.cancel();

    learner.expectNoMessage(NOTHING);
    assertThat(draws).hasValue(1 + prefetch);
  }

  @Test
  void prefetch_thatIsNegative_isRefused() {
    assertThatThrownBy(() -> BatchFlow.prefetched(-1, this::draw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prefetch = -1 must not be negative");
  }

  private TestSubscriber.Probe<Integer> run(int prefetch) {
    return BatchFlow.prefetched(prefetch, this::draw).runWith(TestSink.create(system), system);
  }

  private CompletionStage<Integer> draw() {
    return CompletableFuture.completedFuture(draws.incrementAndGet());
  }
}
