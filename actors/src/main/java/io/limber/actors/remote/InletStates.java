package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.environment.EnvironmentState;
import io.limber.core.state.SavedState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.OutgoingState;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToUplink;

/**
 * States of one environment on another node: the one that it goes on from, for its node, and its
 * own, for checkpoints. Used by the inlet alone whose context and timers it has.
 */
final class InletStates {

  /**
   * A checkpoint's question.
   *
   * @param uplink who is asked, in the epoch {@code epoch}
   */
  private record Question(
      long number,
      EnvironmentActor.Save save,
      ActorRef<ToUplink> uplink,
      long epoch,
      StatePull pull) {}

  private final ActorContext<EnvironmentInlet.Command> context;
  private final TimerScheduler<EnvironmentInlet.Command> timers;
  private final EnvironmentInlet.Plan plan;
  private final ChunkLedger ledger;
  private final long stepsBefore;
  private SavedState saved; // until the environment acts again; null if there is none
  private OutgoingState outgoing; // the same in pieces; null until it is asked for
  private Question question; // null while none is open
  private long questions;

  /**
   * @param ledger of the inlet, which counts in it
   */
  InletStates(
      ActorContext<EnvironmentInlet.Command> context,
      TimerScheduler<EnvironmentInlet.Command> timers,
      EnvironmentInlet.Plan plan,
      ChunkLedger ledger) {
    this.context = context;
    this.timers = timers;
    this.plan = plan;
    this.ledger = ledger;
    stepsBefore = plan.saved().map(EnvironmentState::steps).orElse(0L);
    saved = plan.saved().filter(EnvironmentState::isWhole).orElse(null);
  }

  /** Environment steps that are stored, those before the run was resumed included. */
  long steps() {
    return stepsBefore + ledger.rows();
  }

  /** Whether there is a state that the environment is to go on from. */
  boolean hasSaved() {
    return saved != null;
  }

  /** The environment has acted: it needs the state no more. */
  void acted() {
    if (saved != null) {
      context.getLog().info("{} goes on where it was", plan.environment());
      drop();
    }
  }

  /**
   * The environment leaves its node.
   *
   * @param anew because it was given up there: a state that ends it must not do so for ever
   */
  void vacated(boolean anew) {
    goWithout("it leaves its node");
    if (anew && saved != null) {
      context.getLog().warn("{} goes on without its saved state", plan.environment());
      drop();
    }
  }

  private void drop() {
    saved = null;
    outgoing = null;
  }

  /** Gives the environment's node what it asks for. */
  void give(ToInlet.FetchState fetch) {
    if (saved == null || !ledger.accepts(fetch.epoch())) {
      return;
    }
    if (outgoing == null) {
      outgoing = new OutgoingState(saved);
    }
    ActorRef<ToUplink> asking = References.resolve(context, fetch.uplink());
    outgoing
        .pieces(fetch.from(), Math.min(fetch.to(), fetch.from() + window()))
        .forEach(piece -> asking.tell(new ToUplink.StatePart(fetch.epoch(), piece)));
  }

  private int window() {
    return plan.cluster().snapshotWindow();
  }

  /**
   * Asks the environment for its state; a question that is still open is answered without.
   *
   * @param uplink null if there is none
   */
  void ask(EnvironmentActor.Save save, ActorRef<ToUplink> uplink) {
    goWithout("the next checkpoint came");
    long epoch = ledger.epoch();
    question = new Question(++questions, save, uplink, epoch, new StatePull(window()));
    if (uplink == null || !ledger.accepts(epoch)) {
      goWithout("it is on no node");
      return;
    }
    ask(question.pull().next());
    timers.startSingleTimer(EnvironmentInlet.Overdue.INSTANCE, plan.stateLimit());
    timers.startTimerWithFixedDelay(
        EnvironmentInlet.AskAgainDue.INSTANCE, plan.cluster().resendAfter());
  }

  void askAgain() {
    question.pull().again().ifPresent(this::ask);
  }

  private void ask(StatePull.Range pieces) {
    question
        .uplink()
        .tell(
            new ToUplink.SaveState(
                question.epoch(), question.number(), pieces.from(), pieces.to()));
  }

  /** A piece has come. */
  void take(ToInlet.StatePart part) {
    if (question == null
        || part.question() != question.number()
        || part.epoch() != question.epoch()) {
      return; // to a question that was given up
    }
    try {
      question.pull().add(part.piece()).ifPresent(this::ask);
      if (question.pull().complete()) {
        answer(question.pull().finish());
      }
    } catch (MalformedDataException e) {
      goWithout(e.getMessage());
    }
  }

  /**
   * Answers the open question, if there is one, with what is known here: where the environment has
   * not acted yet since the run was resumed, that is its state all the same.
   */
  void goWithout(String reason) {
    if (question != null && saved != null) {
      answer(saved);
    } else if (question != null) {
      context.getLog().warn("no state of {}: {}", plan.environment(), reason);
      answer(EnvironmentState.after(steps()));
    }
  }

  private void answer(SavedState state) {
    timers.cancel(EnvironmentInlet.Overdue.INSTANCE);
    timers.cancel(EnvironmentInlet.AskAgainDue.INSTANCE);
    EnvironmentActor.Save asked = question.save();
    question = null;
    asked.replyTo().tell(new EnvironmentActor.Saved(asked.step(), plan.environment(), state));
  }
}
