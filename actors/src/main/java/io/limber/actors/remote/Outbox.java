package io.limber.actors.remote;

import io.limber.core.replay.Transitions;
import io.limber.protos.LatestObservations;
import io.limber.protos.wire.ToInlet;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What an environment has sent and not yet heard of, so that it can be sent again. Bounded by the
 * environment actor's own chunks. Not thread-safe: one owner.
 */
final class Outbox {

  /** A chunk, and the sequence of its last piece. */
  private record Sent(Transitions chunk, long last) {}

  private final BlockPlan plan;
  private final LatestObservations latest;
  private final Unconfirmed<ToInlet.Chunk> pieces = new Unconfirmed<>();
  private final Deque<Sent> chunks = new ArrayDeque<>();
  private long epoch;

  Outbox(BlockPlan plan, LatestObservations latest) {
    this.plan = plan;
    this.latest = latest;
  }

  /** Starts anew: what was sent before is void. */
  void begin(long newEpoch) {
    epoch = newEpoch;
    pieces.clear();
    chunks.clear();
    latest.forget();
  }

  long epoch() {
    return epoch;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /**
   * Takes a chunk until {@link #confirm} gives it back.
   *
   * @return its pieces, to be sent
   */
  List<ToInlet.Chunk> add(Transitions chunk) {
    List<ToInlet.Chunk> added = new ArrayList<>();
    for (ByteBuffer block : plan.cut(chunk, latest)) {
      added.add(new ToInlet.Chunk(epoch, pieces.next(), block));
      pieces.add(added.get(added.size() - 1));
    }
    chunks.add(new Sent(chunk, pieces.next() - 1));
    return added;
  }

  /**
   * Forgets what is stored.
   *
   * @param confirmed all pieces below this are
   * @return chunks of which all pieces are, in their order
   */
  List<Transitions> confirm(long confirmed) {
    pieces.confirm(confirmed);
    List<Transitions> done = new ArrayList<>();
    while (!chunks.isEmpty() && chunks.peek().last() < confirmed) {
      done.add(chunks.remove().chunk());
    }
    return done;
  }

  /** What was sent from {@code sequence} on and is not confirmed. */
  List<ToInlet.Chunk> from(long sequence) {
    return pieces.from(sequence);
  }
}
