package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.resource.Resources;
import io.limber.actors.serialization.PeerMessage;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToRun;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run at one node: a board that the run's snapshots are brought to, and an {@link
 * EnvironmentUplink} for each environment actor that the run wishes to have here.
 *
 * <p>Bounds: reports go straight on to the run, or are lost; all else is bounded by the uplinks.
 */
final class HostActor extends AbstractBehavior<HostActor.Command> {

  /** What this actor accepts. */
  sealed interface Command permits Wish, ReceiverOpened, Measured {}

  /** Fulfils a wish; answered to the run by {@link ToRun.Hosting}. */
  record Wish(ToNode.Host host) implements Command {}

  private record ReceiverOpened(String reference) implements Command {}

  private record Measured(MetricsActor.Command message) implements Command {}

  private final HostedRun run;
  private final String node;
  private final Resources resources;
  private final ActorRef<ParameterBoard.Command> board;
  private final ActorRef<MetricsActor.Command> measured;
  private final Map<ToNode.Place, ActorRef<EnvironmentUplink.Command>> uplinks = new HashMap<>();
  private ToNode.Host wish;
  private String receiver;

  /**
   * @param run closed when everything of it is
   * @param node reference of the node, for answers
   */
  static Behavior<ToNode.Host> create(HostedRun run, String node, ToNode.Host first) {
    Behavior<Command> host = Behaviors.setup(context -> new HostActor(context, run, node, first));
    return Behaviors.transformMessages(
        ToNode.Host.class, host, wishes -> wishes.match(ToNode.Host.class, Wish::new));
  }

  private HostActor(ActorContext<Command> context, HostedRun run, String node, ToNode.Host first) {
    super(context);
    this.run = run;
    this.node = node;
    wish = first;
    resources = Resources.of(context.getSystem());
    board = context.spawn(ParameterBoard.create(), "parameters-0");
    measured = context.messageAdapter(MetricsActor.Command.class, Measured::new);
    // Neither this nor an uplink is restarted: the run hears of the loss and places anew.
    context.watch(board);
    context.watch(
        context.spawn(
            SnapshotReceiver.create(
                run.settings().cluster().maxSnapshotBytes(),
                board,
                context.messageAdapter(String.class, ReceiverOpened::new)),
            "snapshots-0"));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wish.class, this::onWish)
        .onMessage(ReceiverOpened.class, this::onReceiverOpened)
        .onMessage(Measured.class, this::onMeasured)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onWish(Wish message) {
    if (message.host().version() >= wish.version()) {
      wish = message.host();
    }
    return fulfil();
  }

  private Behavior<Command> onReceiverOpened(ReceiverOpened message) {
    receiver = message.reference();
    return fulfil();
  }

  private Behavior<Command> onMeasured(Measured message) {
    if (message.message() instanceof MetricsActor.Record recorded) {
      References.<PeerMessage>resolve(getContext(), wish.reports())
          .tell(new PeerMessage.Reported(recorded.report()));
    }
    return this;
  }

  private Behavior<Command> fulfil() {
    if (receiver == null) {
      return this;
    }
    stopAllBut(wish.places().stream().collect(Collectors.toMap(HostActor::key, p -> p)));
    wish.places().stream()
        .filter(place -> uplinks.keySet().stream().noneMatch(p -> key(p).equals(key(place))))
        .forEach(this::spawn);
    run().tell(new ToRun.Hosting(wish.run(), node, wish.version(), receiver));
    return this;
  }

  private void stopAllBut(Map<String, ToNode.Place> wanted) {
    uplinks
        .entrySet()
        .removeIf(
            hosted -> {
              boolean stays = wanted.containsKey(key(hosted.getKey()));
              if (!stays) {
                getContext().unwatch(hosted.getValue());
                getContext().stop(hosted.getValue());
              }
              return !stays;
            });
  }

  private void spawn(ToNode.Place place) {
    ActorRef<EnvironmentUplink.Command> uplink =
        getContext()
            .spawn(
                EnvironmentUplink.create(
                    run, place, resources, new EnvironmentUplink.Neighbours(board, measured)),
                "uplink-of-" + key(place));
    getContext().watch(uplink);
    uplinks.put(place, uplink);
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    Optional<ToNode.Place> ended =
        uplinks.entrySet().stream()
            .filter(hosted -> hosted.getValue().equals(signal.getRef()))
            .map(Map.Entry::getKey)
            .findAny();
    if (ended.isEmpty()) {
      return Behaviors.stopped(); // nothing acts without snapshots
    }
    uplinks.remove(ended.get());
    run()
        .tell(new ToRun.Lost(wish.run(), node, ended.get().environment(), ended.get().placement()));
    return this;
  }

  private Behavior<Command> onPostStop() {
    // environments close theirs first: what they share must outlive them
    resources.released().thenRun(run.closing());
    return this;
  }

  private ActorRef<ToRun> run() {
    return References.resolve(getContext(), wish.replies());
  }

  private static String key(ToNode.Place place) {
    return place.environment() + "-placement-" + place.placement();
  }
}
