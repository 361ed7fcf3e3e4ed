package io.limber.streams.experience;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Experience on its way into the replay buffer. */
public final class ExperienceFlow {

  private ExperienceFlow() {}

  /**
   * Inserts each chunk and emits its confirmation.
   *
   * <p>Order: confirmations come in the order of the chunks, and insertions begin in it. Loss:
   * none; when the chunks end, the insertions that were begun are waited for. Rate: at most {@code
   * inFlight} insertions are unconfirmed, then the chunks' producer waits; that many, too, are
   * begun whose confirmation nobody has asked for yet. Failure: the first failed insertion fails
   * the flow.
   *
   * @param inFlight at least 1
   * @param insert begins an insertion and completes with its confirmation; must not block
   */
  public static <T, C> Flow<T, C, NotUsed> insertInto(
      int inFlight, Function<T, CompletionStage<C>> insert) {
    return Flow.<T>create().mapAsync(inFlight, insert::apply);
  }
}
