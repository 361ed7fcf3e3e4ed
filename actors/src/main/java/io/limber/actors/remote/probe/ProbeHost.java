package io.limber.actors.remote.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.remote.HostedRun;
import io.limber.actors.remote.References;
import io.limber.actors.resource.Resources;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToRun;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run at a probe node: as many {@link ProbeSeat}s as the node may measure at a time. The run
 * hears of them when all of them have made their probes.
 */
final class ProbeHost extends AbstractBehavior<ProbeHost.Command> {

  /** What this actor accepts. */
  sealed interface Command permits Wish, SeatOpened {}

  private record Wish(ToNode.Host host) implements Command {}

  private record SeatOpened(ProbeSeat.Opened opened) implements Command {}

  private final HostedRun run;
  private final String node;
  private final int atOnce;
  private final Resources resources;
  private final Map<Integer, String> seats = new TreeMap<>();
  private ToNode.Host wish;

  /**
   * @param run closed when all its probes are
   * @param node reference of the node, for answers
   * @param atOnce seats
   * @param turns whom a seat asks before it measures
   */
  static Behavior<ToNode.Host> create(
      HostedRun run,
      String node,
      ToNode.Host first,
      int atOnce,
      ActorRef<ProbeTurns.Command> turns) {
    Behavior<Command> host =
        Behaviors.setup(context -> new ProbeHost(context, run, node, first, atOnce, turns));
    return Behaviors.transformMessages(
        ToNode.Host.class, host, wishes -> wishes.match(ToNode.Host.class, Wish::new));
  }

  private ProbeHost(
      ActorContext<Command> context,
      HostedRun run,
      String node,
      ToNode.Host first,
      int atOnce,
      ActorRef<ProbeTurns.Command> turns) {
    super(context);
    this.run = run;
    this.node = node;
    this.atOnce = atOnce;
    wish = first;
    resources = Resources.of(context.getSystem());
    ActorRef<ProbeSeat.Opened> opened =
        context.messageAdapter(ProbeSeat.Opened.class, SeatOpened::new);
    for (int i = 0; i < atOnce; i++) {
      // Not restarted: the run hears of the loss, and has its measurements made elsewhere.
      context.watch(context.spawn(ProbeSeat.create(i, run, resources, turns, opened), "seat-" + i));
    }
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wish.class, this::onWish)
        .onMessage(SeatOpened.class, this::onSeatOpened)
        .onSignal(Terminated.class, gone -> Behaviors.stopped())
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onWish(Wish message) {
    wish = message.host();
    return answer();
  }

  private Behavior<Command> onSeatOpened(SeatOpened message) {
    seats.put(message.opened().index(), message.opened().reference());
    return answer();
  }

  private Behavior<Command> answer() {
    if (seats.size() == atOnce) {
      String self = References.of(getContext(), getContext().getSelf());
      References.<ToRun>resolve(getContext(), wish.replies())
          .tell(
              new ToRun.Seated(
                  wish.run(), node, wish.version(), self, seats.values().stream().toList()));
    }
    return this;
  }

  private Behavior<Command> onPostStop() {
    // probes close first: what they share must outlive them
    resources.released().thenRun(run.closing());
    return this;
  }
}
