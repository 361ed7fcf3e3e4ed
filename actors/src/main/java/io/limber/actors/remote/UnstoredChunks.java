package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.replay.Transitions;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.wire.ReplayContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Chunks of a run's writers on their way to a table elsewhere, in the order in which they are
 * stored there. Because there is one such order, a table that is restored says by its count of
 * inserts which of them it holds. Not thread-safe: one owner.
 *
 * <p>Bounds: the writers' own chunks in flight. A writer that starts anew is welcomed when all that
 * it sent before is stored.
 */
final class UnstoredChunks {

  private record Block(EncodedTransitions bytes, int rows) {}

  /** A chunk, or a writer that wants to begin: then {@code chunk} is null and it has no blocks. */
  private record Waiting(
      Transitions chunk, int epoch, ActorRef<ReplayActor.WriterReply> writer, Deque<Block> blocks) {

    void answer(long inserted, long sampled) {
      writer.tell(
          chunk == null
              ? new ReplayActor.Welcomed(epoch, inserted, sampled)
              : new ReplayActor.Inserted(epoch, chunk, inserted, sampled));
    }
  }

  private final BlockPlan plan;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long stored;

  UnstoredChunks(BlockPlan plan) {
    this.plan = plan;
  }

  /** A writer begins, or begins anew. */
  void announce(ReplayActor.Announce announce) {
    waiting.removeIf(other -> other.chunk() == null && other.writer().equals(announce.replyTo()));
    waiting.add(new Waiting(null, announce.epoch(), announce.replyTo(), new ArrayDeque<>()));
  }

  /**
   * Takes a chunk until it is stored.
   *
   * @return what is to be sent of it
   */
  List<ReplayContent> add(ReplayActor.Insert insert) {
    Deque<Block> blocks = new ArrayDeque<>();
    int rows = insert.chunk().size();
    for (EncodedTransitions bytes : plan.cut(insert.chunk())) {
      blocks.add(new Block(bytes, Math.min(plan.rows(), rows)));
      rows -= plan.rows();
    }
    waiting.add(new Waiting(insert.chunk(), insert.epoch(), insert.replyTo(), blocks));
    return contents(blocks);
  }

  /** The oldest block is stored. */
  void blockStored() {
    for (Waiting each : waiting) {
      if (!each.blocks().isEmpty()) {
        stored += each.blocks().remove().rows();
        return;
      }
    }
  }

  /** Answers all those of whom nothing is left to store. */
  void answer(long inserted, long sampled) {
    while (!waiting.isEmpty() && waiting.peek().blocks().isEmpty()) {
      waiting.remove().answer(inserted, sampled);
    }
  }

  /** All that is to be sent to a new table. */
  List<ReplayContent> all() {
    return waiting.stream().flatMap(each -> contents(each.blocks()).stream()).toList();
  }

  /**
   * A table takes the place of the one before.
   *
   * @param inserted what it holds, by its count of inserts
   * @param saved whether it was saved from the table before: then blocks among what it holds are
   *     not sent again. Else it counts inserts of another timeline
   * @return transitions that were stored and confirmed and are not in it
   */
  long restoredAt(long inserted, boolean saved) {
    long lost = Math.max(0, stored - inserted);
    while (saved && rows() > 0 && stored < inserted) {
      blockStored();
    }
    stored = inserted;
    return lost;
  }

  private long rows() {
    return waiting.stream().flatMap(each -> each.blocks().stream()).mapToLong(Block::rows).sum();
  }

  private static List<ReplayContent> contents(Deque<Block> blocks) {
    return blocks.stream().<ReplayContent>map(b -> new ReplayContent.Insert(b.bytes())).toList();
  }
}
