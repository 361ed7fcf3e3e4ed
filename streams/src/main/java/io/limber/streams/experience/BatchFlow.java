package io.limber.streams.experience;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Batches on their way from the replay buffer to the learner. */
public final class BatchFlow {

  private BatchFlow() {}

  /**
   * Draws batches, without end.
   *
   * <p>Order: that of the draws. Loss: whoever cancels loses the batches that were drawn ahead.
   * Rate: nothing is drawn before the first batch is asked for; from then on, at most {@code
   * prefetch} batches are drawn or being drawn beyond those handed over. With 0, a draw begins only
   * when its batch is asked for, so that a batch holds the newest experience and the number of
   * draws is that of the batches taken: lockstep needs it. Failure: a failed draw fails the source.
   *
   * <p>An asynchronous boundary behind this source asks for up to its input buffer's size on its
   * own; run it in the consumer's island where the bound matters.
   *
   * @param prefetch at least 0
   * @param draw begins a draw; several at once if {@code prefetch} is above 1; must not block
   */
  public static <B> Source<B, NotUsed> prefetched(int prefetch, Supplier<CompletionStage<B>> draw) {
    if (prefetch < 0) {
      throw new IllegalArgumentException("prefetch = " + prefetch + " must not be negative");
    }
    if (prefetch == 0) {
      return Source.unfoldAsync(
          NotUsed.getInstance(),
          state -> draw.get().thenApply(batch -> Optional.of(Pair.create(state, batch))));
    }
    return Source.repeat(NotUsed.getInstance()).mapAsync(prefetch, tick -> draw.get());
  }
}
