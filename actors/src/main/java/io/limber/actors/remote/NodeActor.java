package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import io.limber.actors.resource.Lease;
import io.limber.actors.resource.Resources;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToRun;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Offers a node to the runs of its cluster and hosts what they wish, for as long as they live.
 *
 * <p>Bounds: a run has one wish, the newest; runs are as many as the cluster has.
 */
public final class NodeActor extends AbstractBehavior<NodeActor.Command> {

  /** By which a run finds nodes for its environments. */
  static final ServiceKey<ToNode> ENVIRONMENT_NODES =
      ServiceKey.create(ToNode.class, "limber-environment-nodes");

  /** By which a run finds nodes that measure for it. */
  public static final ServiceKey<ToNode> PROBE_NODES =
      ServiceKey.create(ToNode.class, "limber-probe-nodes");

  /** Makes the actor that does a run's part here. */
  @FunctionalInterface
  public interface Guests {

    /**
     * @param node reference of the node, for answers
     * @param first what the run wishes; later wishes come as messages
     */
    Behavior<ToNode.Host> create(HostedRun run, String node, ToNode.Host first);
  }

  /** What this actor accepts. */
  public sealed interface Command permits FromRun, Opened {}

  private record FromRun(ToNode message) implements Command {}

  private record Opened(String run, HostedRun hosted, Throwable failure) implements Command {}

  /** A run that is being opened ({@code actor} is null) or hosted. */
  private static final class Guest {
    private ToNode.Host wish;
    private ActorRef<ToNode.Host> actor;

    private Guest(ToNode.Host wish) {
      this.wish = wish;
    }
  }

  private final RunOpener opener;
  private final Guests makesGuests;
  private final Executor executor;
  private final String self;
  private final Map<String, Guest> guests = new HashMap<>();

  /**
   * A node that hosts environments.
   *
   * @param opener makes what a run's parts need here
   */
  public static Behavior<Command> create(RunOpener opener) {
    return create(opener, ENVIRONMENT_NODES, HostActor::create);
  }

  /**
   * A node of any kind.
   *
   * @param opener makes what a run's parts need here
   * @param key by which runs find it
   * @param makesGuests makes the actor that does a run's part here
   */
  public static Behavior<Command> create(
      RunOpener opener, ServiceKey<ToNode> key, Guests makesGuests) {
    return Behaviors.setup(context -> new NodeActor(context, opener, key, makesGuests));
  }

  private NodeActor(
      ActorContext<Command> context, RunOpener opener, ServiceKey<ToNode> key, Guests makesGuests) {
    super(context);
    this.opener = opener;
    this.makesGuests = makesGuests;
    executor =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(Resources.NATIVE_DISPATCHER));
    ActorRef<ToNode> entrance = context.messageAdapter(ToNode.class, FromRun::new);
    self = References.of(context, entrance);
    context.getSystem().receptionist().tell(Receptionist.register(key, entrance));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromRun.class, this::onFromRun)
        .onMessage(Opened.class, this::onOpened)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onFromRun(FromRun message) {
    if (message.message() instanceof ToNode.Host host) {
      onHost(host);
    } else {
      release(((ToNode.Release) message.message()).run());
    }
    return this;
  }

  private void onHost(ToNode.Host host) {
    Guest guest = guests.get(host.run());
    if (guest == null) {
      open(host);
    } else if (guest.actor == null) {
      guest.wish = host; // still being opened
    } else {
      guest.actor.tell(host);
    }
  }

  private void open(ToNode.Host host) {
    getContext().getLog().info("run {} wishes to be hosted here", host.run());
    guests.put(host.run(), new Guest(host));
    // a run that ends without a word, its node included, leaves nothing behind
    getContext().watch(References.resolve(getContext(), host.owner()));
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> opener.open(host.run(), host.config(), host.fingerprint()), executor),
            (hosted, failure) -> new Opened(host.run(), hosted, failure));
  }

  private Behavior<Command> onOpened(Opened message) {
    Guest guest = guests.get(message.run());
    if (message.failure() != null) {
      refuse(guest, message.run(), Lease.cause(message.failure()));
    } else if (guest == null) {
      executor.execute(message.hosted().closing()); // released meanwhile
    } else {
      guest.actor =
          getContext()
              .spawn(
                  makesGuests.create(message.hosted(), self, guest.wish), "run-" + message.run());
      getContext().watch(guest.actor);
    }
    return this;
  }

  private void refuse(Guest guest, String run, Throwable cause) {
    getContext().getLog().warn("run {} cannot be hosted here: {}", run, cause.getMessage());
    if (guest != null) {
      tellRefused(guest, cause instanceof UnhostableRunException ? cause.getMessage() : "" + cause);
    }
  }

  private void tellRefused(Guest guest, String reason) {
    References.<ToRun>resolve(getContext(), guest.wish.replies())
        .tell(new ToRun.Refused(guest.wish.run(), self, reason));
    release(guest.wish.run());
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    for (Guest guest : Map.copyOf(guests).values()) {
      if (signal.getRef().equals(guest.actor)) {
        tellRefused(guest, "its part there failed; the node's log tells why");
      } else if (References.resolve(getContext(), guest.wish.owner()).equals(signal.getRef())) {
        release(guest.wish.run());
      }
    }
    return this;
  }

  private void release(String run) {
    Guest guest = guests.remove(run);
    if (guest == null) {
      return;
    }
    getContext().getLog().info("run {} is over here", run);
    getContext().unwatch(References.resolve(getContext(), guest.wish.owner()));
    if (guest.actor != null) {
      getContext().unwatch(guest.actor);
      getContext().stop(guest.actor);
    }
  }
}
