package io.limber.app.cluster;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Subscribe;
import java.time.Duration;
import java.util.stream.StreamSupport;

/**
 * Gives a node up that its run cannot reach for a while, whatever happens to the others meanwhile.
 *
 * <p>Akka's Split Brain Resolver waits until nothing changes any more. Where nodes come and go all
 * the time it never decides, and once it does, dead nodes that had missed each other look to it
 * like a network that is broken in between: it ends all members, the run among them. With a single
 * run there is no brain to split, since the part that it is in goes on in any case. With several,
 * this leaves the decision to the resolver.
 */
final class LostNodes extends AbstractBehavior<LostNodes.Command> {

  /** What this actor accepts. */
  sealed interface Command permits Changed, Overdue {}

  private record Changed(ClusterEvent.ReachabilityEvent event) implements Command {}

  private record Overdue(Member member) implements Command {}

  private final TimerScheduler<Command> timers;
  private final Cluster cluster;
  private final Duration after;

  /**
   * @param after how long a node may be out of reach
   */
  static Behavior<Command> create(Duration after) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new LostNodes(context, timers, after)));
  }

  private LostNodes(ActorContext<Command> context, TimerScheduler<Command> timers, Duration after) {
    super(context);
    this.timers = timers;
    this.after = after;
    cluster = Cluster.get(context.getSystem());
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(ClusterEvent.ReachabilityEvent.class, Changed::new),
                ClusterEvent.ReachabilityEvent.class));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Changed.class, this::onChanged)
        .onMessage(Overdue.class, this::onOverdue)
        .build();
  }

  private Behavior<Command> onChanged(Changed message) {
    Member member = message.event().member();
    if (message.event() instanceof ClusterEvent.UnreachableMember) {
      timers.startSingleTimer(member.uniqueAddress(), new Overdue(member), after);
    } else {
      timers.cancel(member.uniqueAddress());
    }
    return this;
  }

  private Behavior<Command> onOverdue(Overdue message) {
    Member member = message.member();
    // not if another one has joined at its address meanwhile, which is all that Down knows
    boolean stillLost = cluster.state().getUnreachable().contains(member);
    if (stillLost && isSingleRun() && !member.hasRole(Membership.RUN)) {
      getContext().getLog().warn("node {} is given up", member.address());
      cluster.manager().tell(new Down(member.address()));
    }
    return this;
  }

  private boolean isSingleRun() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .filter(member -> member.hasRole(Membership.RUN))
            .count()
        == 1;
  }
}
