package io.limber.actors.remote;

import io.limber.core.replay.Transitions;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.LatestObservations;
import io.limber.protos.wire.ToInlet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What an environment has sent and not yet heard of, so that it can be sent again, and what it has
 * yet to send. Bounded by the environment actor's own chunks. Not thread-safe: one owner.
 *
 * <p>A message holds as many blocks as fit: each costs its receiver and its sender a dozen wake-ups
 * of threads, whatever is in it.
 */
final class Outbox {

  /** A chunk, and the sequence of its last block. */
  private record Held(Transitions chunk, long last) {}

  private final BlockPlan plan;
  private final LatestObservations latest;
  private final int messageBytes;
  private final Unconfirmed<EncodedTransitions> blocks = new Unconfirmed<>();
  private final Deque<Held> chunks = new ArrayDeque<>();
  private long epoch;
  private long unsent; // sequence of the first block that was not sent, or is to be sent again

  /**
   * @param messageBytes of blocks in a message that has more than one
   */
  Outbox(BlockPlan plan, LatestObservations latest, int messageBytes) {
    this.plan = plan;
    this.latest = latest;
    this.messageBytes = messageBytes;
  }

  /** Starts anew: what was sent before is void. */
  void begin(long newEpoch) {
    epoch = newEpoch;
    unsent = 0;
    blocks.clear();
    chunks.clear();
    latest.forget();
  }

  long epoch() {
    return epoch;
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** Chunks that it holds. */
  int chunks() {
    return chunks.size();
  }

  /** Takes a chunk until {@link #confirm} gives it back. */
  void add(Transitions chunk) {
    plan.cut(chunk, latest).forEach(blocks::add);
    chunks.add(new Held(chunk, blocks.next() - 1));
  }

  /** Whether something was not sent yet. */
  boolean hasUnsent() {
    return unsent < blocks.next();
  }

  /** The messages that are full; they count as sent. */
  List<ToInlet.Blocks> full() {
    return take(true);
  }

  /** All that was not sent yet; it counts as sent. */
  List<ToInlet.Blocks> all() {
    return take(false);
  }

  private List<ToInlet.Blocks> take(boolean fullOnly) {
    List<ToInlet.Blocks> messages = new ArrayList<>();
    while (hasUnsent()) {
      Filled next = fill(blocks.from(unsent));
      if (fullOnly && !next.full()) {
        break;
      }
      messages.add(new ToInlet.Blocks(epoch, unsent, next.blocks()));
      unsent += next.blocks().size();
    }
    return messages;
  }

  private record Filled(List<EncodedTransitions> blocks, boolean full) {}

  private Filled fill(List<EncodedTransitions> waiting) {
    int count = 0;
    int bytes = 0;
    while (count < Math.min(waiting.size(), ToInlet.Blocks.MOST)
        && (count == 0 || bytes + waiting.get(count).size() <= messageBytes)) {
      bytes += waiting.get(count++).size();
    }
    boolean roomForAnother = bytes + waiting.get(count - 1).size() <= messageBytes;
    return new Filled(waiting.subList(0, count), count < waiting.size() || !roomForAnother);
  }

  /**
   * Forgets what is stored.
   *
   * @param confirmed all blocks below this are
   * @return chunks of which all blocks are, in their order
   */
  List<Transitions> confirm(long confirmed) {
    blocks.confirm(confirmed);
    List<Transitions> done = new ArrayList<>();
    while (!chunks.isEmpty() && chunks.peek().last() < confirmed) {
      done.add(chunks.remove().chunk());
    }
    return done;
  }

  /** What was sent from {@code sequence} on is to be sent again, as far as it is not confirmed. */
  void sendAgainFrom(long sequence) {
    unsent = Math.min(unsent, Math.max(sequence, blocks.first()));
  }
}
