package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.replay.Transitions;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToUplink;

/**
 * Stands in for the replay actor beside an environment actor, which it owns: sends the chunks to
 * the run's {@link EnvironmentInlet}, sends again what got lost, and confirms what is stored there.
 *
 * <p>Bounds: the environment actor's chunks, none of which it gets back before the run has stored
 * it; so the limiter holds up environments on any node.
 */
final class EnvironmentUplink extends AbstractBehavior<EnvironmentUplink.Command> {

  /** What this actor accepts. */
  sealed interface Command permits FromEnvironment, FromRun, AskDue {}

  private record FromEnvironment(ReplayActor.Command message) implements Command {}

  private record FromRun(ToUplink message) implements Command {}

  private enum AskDue implements Command {
    INSTANCE
  }

  /** Whom the environment actor talks to on its node. */
  record Neighbours(
      ActorRef<ParameterBoard.Command> board, ActorRef<MetricsActor.Command> metrics) {}

  private final ActorRef<ToInlet> inlet;
  private final String self;
  private final Outbox outbox;
  private final int placement;
  private ActorRef<ReplayActor.WriterReply> writer;
  private int writerEpoch;
  private boolean welcomed;
  private boolean heard;

  static Behavior<Command> create(
      HostedRun run, ToNode.Place place, Resources resources, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(
                      AskDue.INSTANCE, run.settings().cluster().resendAfter());
                  return new EnvironmentUplink(context, run, place, resources, neighbours);
                }));
  }

  private EnvironmentUplink(
      ActorContext<Command> context,
      HostedRun run,
      ToNode.Place place,
      Resources resources,
      Neighbours neighbours) {
    super(context);
    inlet = References.resolve(context, place.inlet());
    self = References.of(context, context.messageAdapter(ToUplink.class, FromRun::new));
    outbox = new Outbox(run.settings().blocks(), run.settings().latestObservations());
    placement = place.placement();
    // supervised by its own create(); once given up, so is this actor
    context.watch(
        context.spawn(
            EnvironmentActor.create(
                run.environments().means(place, resources),
                run.settings().plan(),
                run.settings().environments(),
                new EnvironmentActor.Neighbours(
                    context.messageAdapter(ReplayActor.Command.class, FromEnvironment::new),
                    neighbours.board(),
                    neighbours.metrics())),
            place.environment()));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromEnvironment.class, this::onFromEnvironment)
        .onMessage(FromRun.class, this::onFromRun)
        .onMessageEquals(AskDue.INSTANCE, this::onAskDue)
        .onSignal(Terminated.class, environment -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> onFromEnvironment(FromEnvironment message) {
    if (message.message() instanceof ReplayActor.Announce announce) {
      writer = announce.replyTo();
      writerEpoch = announce.epoch();
      welcomed = false;
      outbox.begin(Epoch.of(placement, writerEpoch));
      announce();
    } else if (message.message() instanceof ReplayActor.Insert insert
        && insert.epoch() == writerEpoch) {
      outbox.add(insert.chunk()).forEach(inlet::tell);
    }
    return this;
  }

  private Behavior<Command> onFromRun(FromRun message) {
    ToUplink.Progress progress = (ToUplink.Progress) message.message();
    if (progress.epoch() != outbox.epoch()) {
      return this; // to an incarnation before this one
    }
    heard = true;
    if (!welcomed) {
      welcomed = true;
      writer.tell(new ReplayActor.Welcomed(writerEpoch, progress.inserted(), progress.sampled()));
    }
    for (Transitions chunk : outbox.confirm(progress.confirmed())) {
      writer.tell(
          new ReplayActor.Inserted(writerEpoch, chunk, progress.inserted(), progress.sampled()));
    }
    if (progress.resend()) {
      outbox.from(progress.expected()).forEach(inlet::tell);
    }
    return this;
  }

  private Behavior<Command> onAskDue() {
    if (!heard && writer != null && !welcomed) {
      announce();
    } else if (!heard && !outbox.isEmpty()) {
      inlet.tell(new ToInlet.Ask(outbox.epoch()));
    }
    heard = false;
    return this;
  }

  private void announce() {
    inlet.tell(new ToInlet.Announce(outbox.epoch(), self));
  }
}
