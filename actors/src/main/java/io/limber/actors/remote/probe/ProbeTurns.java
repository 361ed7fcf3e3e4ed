package io.limber.actors.remote.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets so many seats of a node measure at a time, whatever runs they work for, in the order in
 * which they asked.
 *
 * <p>Bounds: a seat asks once for each order, and has one order at a time; a run has as many seats
 * as may measure at a time.
 */
final class ProbeTurns extends AbstractBehavior<ProbeTurns.Command> {

  /** What this actor accepts. */
  sealed interface Command permits Ask, Done {}

  /** Answered by {@link Turn} when it is the seat's turn. */
  record Ask(ActorRef<Turn> seat) implements Command {}

  /** The seat wants no turn any more, or has ended. */
  record Done(ActorRef<Turn> seat) implements Command {}

  /** Answer to {@link Ask}. */
  enum Turn {
    INSTANCE
  }

  private final int atOnce;
  private final Set<ActorRef<Turn>> busy = new HashSet<>();
  private final Deque<ActorRef<Turn>> waiting = new ArrayDeque<>();

  /**
   * @param atOnce seats that may measure at a time, at least 1
   */
  static Behavior<Command> create(int atOnce) {
    return Behaviors.setup(context -> new ProbeTurns(context, atOnce));
  }

  private ProbeTurns(ActorContext<Command> context, int atOnce) {
    super(context);
    this.atOnce = atOnce;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Done.class, this::onDone)
        .build();
  }

  private Behavior<Command> onAsk(Ask message) {
    getContext().watchWith(message.seat(), new Done(message.seat()));
    waiting.add(message.seat());
    return next();
  }

  private Behavior<Command> onDone(Done message) {
    getContext().unwatch(message.seat());
    busy.remove(message.seat());
    waiting.remove(message.seat());
    return next();
  }

  private Behavior<Command> next() {
    while (busy.size() < atOnce && !waiting.isEmpty()) {
      ActorRef<Turn> seat = waiting.remove();
      busy.add(seat);
      seat.tell(Turn.INSTANCE);
    }
    return this;
  }
}
