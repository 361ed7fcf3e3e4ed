package io.limber.app.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.learner.FailureKind;
import io.limber.actors.run.RunEvent;
import io.limber.actors.run.RunGuardian;
import java.util.concurrent.CompletableFuture;

/**
 * Root of the actor system of one run: starts the run, hands its end to a future of the main
 * thread, and only then lets the system go, so that the end can never be lost.
 */
final class RunRoot extends AbstractBehavior<RunRoot.Command> {

  /** What this actor accepts. */
  sealed interface Command permits Stop, Control, Ended {}

  /** Ends the run cleanly; more than one change nothing. */
  enum Stop implements Command {
    INSTANCE
  }

  /** Passed on to the run's guardian. */
  record Control(RunGuardian.Command command) implements Command {}

  private record Ended(RunEvent event) implements Command {}

  private final ActorRef<RunGuardian.Command> run;
  private final CompletableFuture<RunEvent> end;

  /**
   * @param run the guardian of the run
   * @param end told how the run ended, exactly once
   */
  static Behavior<Command> create(
      Behavior<RunGuardian.Command> run, CompletableFuture<RunEvent> end) {
    return Behaviors.setup(context -> new RunRoot(context, run, end));
  }

  private RunRoot(
      ActorContext<Command> context,
      Behavior<RunGuardian.Command> guardian,
      CompletableFuture<RunEvent> end) {
    super(context);
    this.end = end;
    // Not restarted: a run that lost its guardian has lost track of its actors.
    run = context.spawn(guardian, "run-0");
    context.watch(run);
    run.tell(new RunGuardian.Start(context.messageAdapter(RunEvent.class, Ended::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onMessage(Control.class, this::onControl)
        .onMessage(Ended.class, this::onEnded)
        .onSignal(Terminated.class, signal -> onTerminated())
        .build();
  }

  private Behavior<Command> onStop() {
    run.tell(RunGuardian.Stop.INSTANCE);
    return this;
  }

  private Behavior<Command> onControl(Control control) {
    run.tell(control.command());
    return this;
  }

  private Behavior<Command> onEnded(Ended message) {
    end.complete(message.event());
    return leave();
  }

  /** The guardian ends with an event; without one it failed, and the log says how. */
  private Behavior<Command> onTerminated() {
    end.complete(
        new RunEvent.RunFailed(
            "the run's guardian failed: run.log tells why", false, FailureKind.OTHER));
    return leave();
  }

  /** Stopping would end the system as well, but a member of a cluster without a word to others. */
  private Behavior<Command> leave() {
    getContext().getSystem().terminate();
    return this;
  }
}
