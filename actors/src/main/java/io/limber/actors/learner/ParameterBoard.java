package io.limber.actors.learner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.core.agent.ParameterSnapshot;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the newest parameter snapshot for whoever acts with it; older ones are forgotten.
 *
 * <p>Bounds: readers pull, and a reader's new request replaces its old one, so there is at most one
 * per reader; the learner publishes once per policy period.
 */
public final class ParameterBoard extends AbstractBehavior<ParameterBoard.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits Publish, Fetch {}

  /** Puts up a snapshot; one that is not newer than the one it holds is ignored. */
  public record Publish(ParameterSnapshot snapshot) implements Command {}

  /** Asks for the newest snapshot as soon as that is of step {@code atLeast} or later. */
  public record Fetch(long atLeast, ActorRef<Published> replyTo) implements Command {}

  /** Answer to {@link Fetch}. */
  public record Published(ParameterSnapshot snapshot) {}

  private final Map<ActorRef<Published>, Long> waiting = new HashMap<>();
  private ParameterSnapshot newest;

  /** A board that holds nothing yet. */
  public static Behavior<Command> create() {
    return create(Optional.empty());
  }

  /**
   * @param first what policies act with at first, when a run goes on from a checkpoint
   */
  public static Behavior<Command> create(Optional<ParameterSnapshot> first) {
    return Behaviors.setup(context -> new ParameterBoard(context, first));
  }

  private ParameterBoard(ActorContext<Command> context, Optional<ParameterSnapshot> first) {
    super(context);
    newest = first.orElse(null);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Publish.class, this::onPublish)
        .onMessage(Fetch.class, this::onFetch)
        .build();
  }

  private Behavior<Command> onPublish(Publish publish) {
    if (newest == null || publish.snapshot().step() > newest.step()) {
      newest = publish.snapshot();
      answer();
    }
    return this;
  }

  private Behavior<Command> onFetch(Fetch fetch) {
    waiting.put(fetch.replyTo(), fetch.atLeast());
    answer();
    return this;
  }

  private void answer() {
    if (newest == null) {
      return;
    }
    Iterator<Map.Entry<ActorRef<Published>, Long>> requests = waiting.entrySet().iterator();
    while (requests.hasNext()) {
      Map.Entry<ActorRef<Published>, Long> request = requests.next();
      if (request.getValue() <= newest.step()) {
        requests.remove();
        request.getKey().tell(new Published(newest));
      }
    }
  }
}
