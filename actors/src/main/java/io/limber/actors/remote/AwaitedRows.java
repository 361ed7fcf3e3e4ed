package io.limber.actors.remote;

import io.limber.actors.replay.ReplayActor;
import io.limber.core.replay.Transitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.TransitionsCodec;
import io.limber.protos.wire.ReplayContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches and draws for probes that a table elsewhere was asked for and that have not come whole.
 * Not thread-safe: one owner.
 *
 * <p>Bounds: the buffers of those who asked, which the pieces go straight into.
 */
final class AwaitedRows {

  private static final class Awaited {
    private final ReplayContent ask;
    private final Transitions into;
    private final long askedNanos;
    private final Runnable answer;
    private int filled;

    private Awaited(ReplayContent ask, Transitions into, long askedNanos, Runnable answer) {
      this.ask = ask;
      this.into = into;
      this.askedNanos = askedNanos;
      this.answer = answer;
    }
  }

  private final Deque<Awaited> draws = new ArrayDeque<>();
  private final Map<Long, Awaited> peeks = new LinkedHashMap<>();
  private long lastPeek;
  private long bytes;
  private long lastNanos;

  /** Returns what to ask. */
  ReplayContent add(ReplayActor.Sample sample) {
    ReplayContent ask = new ReplayContent.Draw();
    draws.add(
        new Awaited(
            ask,
            sample.into(),
            System.nanoTime(),
            () -> sample.replyTo().tell(new ReplayActor.Batch(sample.into()))));
    return ask;
  }

  /** Returns what to ask. */
  ReplayContent add(ReplayActor.Peek peek) {
    ReplayContent ask = new ReplayContent.Peek(++lastPeek, peek.into().capacity(), peek.seed());
    peeks.put(
        lastPeek,
        new Awaited(
            ask,
            peek.into(),
            System.nanoTime(),
            () -> peek.replyTo().tell(new ReplayActor.Peeked(peek.id(), peek.into()))));
    return ask;
  }

  /** What to ask a new table; what came of the one before is void. */
  List<ReplayContent> askAgain() {
    List<Awaited> all = new ArrayList<>(draws);
    all.addAll(peeks.values());
    all.forEach(awaited -> awaited.filled = 0);
    return all.stream().map(awaited -> awaited.ask).toList();
  }

  /**
   * Takes a piece, and answers whoever has all of theirs then.
   *
   * @throws MalformedDataException if it is not the next one of what was asked, or altered
   */
  void take(ReplayContent.Drawn drawn) throws MalformedDataException {
    boolean batch = drawn.peek() == 0;
    Awaited awaited = batch ? draws.peek() : peeks.get(drawn.peek());
    if (awaited == null) {
      throw new MalformedDataException("transitions that nobody asked for");
    }
    if (drawn.first() != awaited.filled || drawn.total() != awaited.into.capacity()) {
      throw new MalformedDataException(
          "a piece from row %d on of %d, where row %d of %d is expected"
              .formatted(drawn.first(), drawn.total(), awaited.filled, awaited.into.capacity()));
    }
    TransitionsCodec.decode(drawn.block(), awaited.into, awaited.filled);
    awaited.filled = awaited.into.size();
    bytes += drawn.block().size();
    if (awaited.filled == drawn.total()) {
      if (batch) {
        draws.remove();
        lastNanos = System.nanoTime() - awaited.askedNanos;
      } else {
        peeks.remove(drawn.peek());
      }
      awaited.answer.run();
    }
  }

  /** Batches that were asked for and have not come. */
  int batches() {
    return draws.size();
  }

  /** Bytes that have come so far. */
  long bytes() {
    return bytes;
  }

  /** How long the last batch took from being asked for; 0 before the first. */
  long lastNanos() {
    return lastNanos;
  }
}
