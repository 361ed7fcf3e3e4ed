package io.limber.actors.learner;

import akka.actor.typed.ActorRef;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A learner's batch buffers, each of them free, at the replay actor or drawn, and how many batches
 * the run may still ask for. Not thread-safe: one owner.
 */
final class LearnerBatches {

  private final LearnerPlan plan;
  private final Queue<Transitions> free = new ArrayDeque<>();
  private final Queue<Transitions> drawn = new ArrayDeque<>();
  private long requested;

  LearnerBatches(LearnerPlan plan, TransitionSpec spec) {
    this.plan = plan;
    for (int i = 0; i < plan.batches(); i++) {
      free.add(new Transitions(spec, plan.batchRows()));
    }
  }

  /** A run goes on at this learner step. */
  void resumed(long step) {
    requested = step / plan.updatesPerCall();
  }

  /** Asks for a batch into each free buffer, as far as the run needs them. */
  void request(ActorRef<ReplayActor.Command> replay, ActorRef<ReplayActor.Batch> replyTo) {
    while (!free.isEmpty() && requested < plan.calls()) {
      requested++;
      replay.tell(new ReplayActor.Sample(free.remove(), replyTo));
    }
  }

  void drawn(Transitions batch) {
    drawn.add(batch);
  }

  boolean hasDrawn() {
    return !drawn.isEmpty();
  }

  /** The one that was drawn first. */
  Transitions next() {
    return drawn.remove();
  }

  void giveBack(Transitions batch) {
    free.add(batch);
  }

  /** Whether nothing is drawn or being drawn. */
  boolean allFree() {
    return free.size() == plan.batches();
  }
}
