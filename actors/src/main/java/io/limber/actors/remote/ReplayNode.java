package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import io.limber.actors.resource.Lease;
import io.limber.protos.wire.ToReplayNode;
import io.limber.protos.wire.ToReplayRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Offers a node to the runs of its cluster for their replay tables, and keeps each for as long as
 * its run lives.
 *
 * <p>Bounds: a run has one table, the newest it asked for; runs are as many as the cluster has.
 */
public final class ReplayNode extends AbstractBehavior<ReplayNode.Command> {

  /** By which a run finds nodes for its replay table. */
  static final ServiceKey<ToReplayNode> REPLAY_NODES =
      ServiceKey.create(ToReplayNode.class, "limber-replay-nodes");

  /** What this actor accepts. */
  public sealed interface Command permits FromRun, Opened, Leave, TellDue, Overdue {}

  /** Have the tables handed over to other nodes, then stop; after a limit anyway. */
  public enum Leave implements Command {
    INSTANCE
  }

  private enum TellDue implements Command {
    INSTANCE
  }

  private enum Overdue implements Command {
    INSTANCE
  }

  private record FromRun(ToReplayNode message) implements Command {}

  private record Opened(ToReplayNode.Open open, OpenedTable table, Throwable failure)
      implements Command {}

  /** A run whose table is being opened or closed ({@code host} is null), or kept. */
  private static final class Guest {
    private ToReplayNode.Open open;
    private ActorRef<ReplayHost.Command> host;

    private Guest(ToReplayNode.Open open) {
      this.open = open;
    }
  }

  private static final Duration TELL_EACH = Duration.ofMillis(500);

  private final TimerScheduler<Command> timers;
  private final ReplayOpener opener;
  private final Duration handoverLimit;
  private final Consumer<String> told;
  private final Executor executor;
  private final String self;
  private final Map<String, Guest> guests = new HashMap<>();
  private boolean leaving;

  /**
   * @param opener reads what a run's table needs
   * @param handoverLimit how long it waits, when it leaves, until its tables are handed over
   * @param told takes a line for people about each table that is
   */
  public static Behavior<Command> create(
      ReplayOpener opener, Duration handoverLimit, Consumer<String> told) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ReplayNode(context, timers, opener, handoverLimit, told)));
  }

  private ReplayNode(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ReplayOpener opener,
      Duration handoverLimit,
      Consumer<String> told) {
    super(context);
    context.setLoggerName(ReplayNode.class);
    this.timers = timers;
    this.opener = opener;
    this.handoverLimit = handoverLimit;
    this.told = told;
    executor = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    ActorRef<ToReplayNode> entrance = context.messageAdapter(ToReplayNode.class, FromRun::new);
    self = References.of(context, entrance);
    context.getSystem().receptionist().tell(Receptionist.register(REPLAY_NODES, entrance));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromRun.class, this::onFromRun)
        .onMessage(Opened.class, this::onOpened)
        .onMessageEquals(Leave.INSTANCE, this::onLeave)
        .onMessageEquals(TellDue.INSTANCE, this::onTellDue)
        .onMessageEquals(Overdue.INSTANCE, this::onOverdue)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onFromRun(FromRun message) {
    if (message.message() instanceof ToReplayNode.Open open) {
      onOpen(open);
    } else {
      release(message.message().run());
    }
    return unlessLeft();
  }

  private Behavior<Command> onLeave() {
    leaving = true; // and stays registered: a run would take its table here for lost
    timers.startTimerWithFixedDelay(TellDue.INSTANCE, Duration.ZERO, TELL_EACH);
    timers.startSingleTimer(Overdue.INSTANCE, handoverLimit);
    return unlessLeft();
  }

  private Behavior<Command> onOverdue() {
    guests
        .values()
        .forEach(
            guest ->
                tellUnable(
                    guest.open, "not handed over within " + handoverLimit.toMillis() + " ms"));
    return Behaviors.stopped();
  }

  private Behavior<Command> onTellDue() {
    guests
        .values()
        .forEach(
            guest ->
                References.<ToReplayRun>resolve(getContext(), guest.open.replies())
                    .tell(new ToReplayRun.Leaving(self, guest.open.incarnation())));
    return this;
  }

  private Behavior<Command> unlessLeft() {
    return leaving && guests.isEmpty() ? Behaviors.stopped() : this;
  }

  private void onOpen(ToReplayNode.Open open) {
    Guest guest = guests.get(open.run());
    if (leaving) {
      if (guest == null) {
        tellUnable(open, "it leaves");
      }
    } else if (guest == null) {
      getContext().getLog().info("run {} wishes to keep its replay here", open.run());
      guests.put(open.run(), new Guest(open));
      // a run that ends without a word, its node included, leaves nothing behind
      getContext().watch(References.resolve(getContext(), open.owner()));
      open(open);
    } else if (open.incarnation() > guest.open.incarnation()) {
      guest.open = open; // opened when the one before is closed: both may want one file
      if (guest.host != null) {
        getContext().stop(guest.host);
      }
    } else if (open.incarnation() == guest.open.incarnation() && guest.host != null) {
      guest.host.tell(ReplayHost.Announce.INSTANCE);
    }
  }

  private void open(ToReplayNode.Open open) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> OpenedTable.open(opener, open), executor),
            (table, failure) -> new Opened(open, table, failure));
  }

  private Behavior<Command> onOpened(Opened message) {
    ToReplayNode.Open open = message.open();
    Guest guest = guests.get(open.run());
    boolean wanted = guest != null && guest.open.incarnation() == open.incarnation();
    if (message.failure() == null && wanted) {
      // not restarted: the run hears of the loss and has its table opened anew
      guest.host =
          getContext()
              .spawn(
                  ReplayHost.create(message.table(), self, open, told),
                  "replay-of-" + open.run() + "-" + open.incarnation());
      getContext().watch(guest.host);
      return this;
    }
    if (message.failure() == null) {
      message.table().table().close(); // released or replaced meanwhile
    } else if (wanted) {
      Throwable cause = Lease.cause(message.failure());
      tellUnable(open, cause instanceof UnhostableRunException ? cause.getMessage() : "" + cause);
      release(open.run());
    }
    if (guest != null && !wanted) {
      open(guest.open);
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    for (Guest guest : Map.copyOf(guests).values()) {
      if (signal.getRef().equals(guest.host)) {
        onHostEnded(guest);
      } else if (References.resolve(getContext(), guest.open.owner()).equals(signal.getRef())) {
        release(guest.open.run());
      }
    }
    return unlessLeft();
  }

  private void onHostEnded(Guest guest) {
    boolean replaced = !guest.host.path().name().endsWith("-" + guest.open.incarnation());
    guest.host = null;
    if (replaced) {
      open(guest.open);
    } else {
      tellUnable(guest.open, "its table there failed; the node's log tells why");
      release(guest.open.run());
    }
  }

  private void tellUnable(ToReplayNode.Open open, String reason) {
    getContext().getLog().warn("the replay of run {} cannot be kept: {}", open.run(), reason);
    References.<ToReplayRun>resolve(getContext(), open.replies())
        .tell(new ToReplayRun.Unable(self, open.incarnation(), reason));
  }

  private void release(String run) {
    Guest guest = guests.remove(run);
    if (guest == null) {
      return;
    }
    getContext().getLog().info("run {} is over here", run);
    getContext().unwatch(References.resolve(getContext(), guest.open.owner()));
    if (guest.host != null) {
      getContext().unwatch(guest.host);
      getContext().stop(guest.host);
    }
  }
}
