package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.environment.EnvironmentState;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.OutgoingState;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToUplink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stands in for the replay actor beside an environment actor, which it owns: sends the chunks to
 * the run's {@link EnvironmentInlet}, sends again what got lost, and confirms what is stored there.
 * Before it starts the actor it gets the state that the actor goes on from, and later gives the
 * actor's own for checkpoints.
 *
 * <p>Bounds: the environment actor's chunks, none of which it gets back before the run has stored
 * it; so the limiter holds up environments on any node. One state on its way to the run, or from
 * it.
 */
final class EnvironmentUplink extends AbstractBehavior<EnvironmentUplink.Command> {

  /** What this actor accepts. */
  sealed interface Command permits FromEnvironment, EnvironmentSaved, FromRun, LingerOver, AskDue {}

  private record FromEnvironment(ReplayActor.Command message) implements Command {}

  private record EnvironmentSaved(EnvironmentActor.Saved saved) implements Command {}

  private record FromRun(ToUplink message) implements Command {}

  private enum LingerOver implements Command {
    INSTANCE
  }

  private enum AskDue implements Command {
    INSTANCE
  }

  /** Whom the environment actor talks to on its node. */
  record Neighbours(
      ActorRef<ParameterBoard.Command> board, ActorRef<MetricsActor.Command> metrics) {}

  private final TimerScheduler<Command> timers;
  private final HostedRun run;
  private final Duration linger;
  private final ToNode.Place place;
  private final Resources resources;
  private final Neighbours neighbours;
  private final ActorRef<ToInlet> inlet;
  private final String self;
  private final Outbox outbox;
  private ActorRef<EnvironmentActor.Command> environment; // null until its state has come
  private StatePull fetching; // null when no state is awaited
  private long question;
  private ToUplink.SaveState waiting; // for the environment's answer
  private OutgoingState state; // in answer to the question; null until the environment has given it
  private ActorRef<ReplayActor.WriterReply> writer;
  private int writerEpoch;
  private boolean welcomed;
  private boolean heard;
  private boolean begunSince; // a message was full and another one begun since the timer started

  static Behavior<Command> create(
      HostedRun run, ToNode.Place place, Resources resources, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(
                      AskDue.INSTANCE, run.settings().cluster().resendAfter());
                  return new EnvironmentUplink(context, timers, run, place, resources, neighbours);
                }));
  }

  private EnvironmentUplink(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      HostedRun run,
      ToNode.Place place,
      Resources resources,
      Neighbours neighbours) {
    super(context);
    this.timers = timers;
    this.run = run;
    linger = run.settings().cluster().linger();
    this.place = place;
    this.resources = resources;
    this.neighbours = neighbours;
    inlet = References.resolve(context, place.inlet());
    self = References.of(context, context.messageAdapter(ToUplink.class, FromRun::new));
    outbox =
        new Outbox(
            run.settings().blocks(),
            run.settings().latestObservations(),
            run.settings().cluster().maxBlockBytes());
    if (place.saved()) {
      fetching = new StatePull(window());
      fetch(fetching.next());
    } else {
      boolean first = place.placement() == 1 && place.steps() == 0;
      start(first ? Optional.empty() : Optional.of(EnvironmentState.after(place.steps())));
    }
  }

  private int window() {
    return run.settings().cluster().snapshotWindow();
  }

  /** Supervised by its own create(); once given up, so is this actor. */
  private void start(Optional<SavedState> from) {
    ActorContext<Command> context = getContext();
    environment =
        context.spawn(
            EnvironmentActor.create(
                run.environments().means(place.environment(), from, resources),
                run.settings().plan(),
                run.settings().environments(),
                new EnvironmentActor.Neighbours(
                    context.messageAdapter(ReplayActor.Command.class, FromEnvironment::new),
                    neighbours.board(),
                    neighbours.metrics())),
            place.environment());
    context.watch(environment);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromEnvironment.class, this::onFromEnvironment)
        .onMessage(EnvironmentSaved.class, this::onEnvironmentSaved)
        .onMessage(FromRun.class, this::onFromRun)
        .onMessageEquals(LingerOver.INSTANCE, this::onLingerOver)
        .onMessageEquals(AskDue.INSTANCE, this::onAskDue)
        .onSignal(Terminated.class, ended -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> onFromEnvironment(FromEnvironment message) {
    if (message.message() instanceof ReplayActor.Announce announce) {
      writer = announce.replyTo();
      writerEpoch = announce.epoch();
      welcomed = false;
      outbox.begin(Epoch.of(place.placement(), writerEpoch));
      announce();
    } else if (message.message() instanceof ReplayActor.Insert insert
        && insert.epoch() == writerEpoch) {
      outbox.add(insert.chunk());
      send();
    }
    return this;
  }

  private Behavior<Command> onFromRun(FromRun message) {
    if (message.message() instanceof ToUplink.StatePart part) {
      return onStatePart(part);
    }
    if (message.message().epoch() != outbox.epoch()) {
      return this; // to an incarnation before this one
    }
    if (message.message() instanceof ToUplink.SaveState asked) {
      onSaveState(asked);
    } else {
      onProgress((ToUplink.Progress) message.message());
    }
    return this;
  }

  /** A message that is not full waits a moment for more, unless there will be no more. */
  private void send() {
    if (linger.isZero() || outbox.chunks() == run.settings().plan().inFlightChunks()) {
      outbox.all().forEach(inlet::tell);
      return;
    }
    List<ToInlet.Blocks> full = outbox.full();
    full.forEach(inlet::tell);
    begunSince |= !full.isEmpty();
    if (outbox.hasUnsent() && !timers.isTimerActive(LingerOver.INSTANCE)) {
      linger();
    }
  }

  private void linger() {
    begunSince = false;
    timers.startSingleTimer(LingerOver.INSTANCE, linger);
  }

  /** What waits may be younger than the timer; then it gets its own time, twice that at most. */
  private Behavior<Command> onLingerOver() {
    if (begunSince && outbox.hasUnsent()) {
      linger();
    } else {
      outbox.all().forEach(inlet::tell);
    }
    return this;
  }

  private void onProgress(ToUplink.Progress progress) {
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
      outbox.sendAgainFrom(progress.expected());
      outbox.all().forEach(inlet::tell);
    }
  }

  /** A state that is none ends the placement: the run goes on without it then. */
  private Behavior<Command> onStatePart(ToUplink.StatePart part) {
    if (fetching == null || part.epoch() != fetchEpoch()) {
      return this;
    }
    try {
      fetching.add(part.piece()).ifPresent(this::fetch);
      if (fetching.complete()) {
        SavedState from = fetching.finish();
        fetching = null;
        start(Optional.of(from));
      }
      return this;
    } catch (MalformedDataException e) {
      getContext().getLog().warn("the state of {}: {}", place.environment(), e.getMessage());
      return Behaviors.stopped();
    }
  }

  /** Keeps no account of what it has sent: the run asks again for what is lost. */
  private void onSaveState(ToUplink.SaveState asked) {
    if (asked.question() > question) {
      question = asked.question();
      state = null;
      waiting = asked;
      environment.tell(
          new EnvironmentActor.Save(
              question,
              getContext().messageAdapter(EnvironmentActor.Saved.class, EnvironmentSaved::new)));
    } else if (asked.question() == question && state != null) {
      send(asked);
    }
  }

  private Behavior<Command> onEnvironmentSaved(EnvironmentSaved message) {
    if (message.saved().step() == question && state == null) {
      try {
        state = new OutgoingState(message.saved().state());
        send(waiting);
      } catch (IllegalArgumentException e) { // the run goes without it after a while
        getContext().getLog().warn("{} cannot be saved: {}", place.environment(), e.getMessage());
      }
    }
    return this;
  }

  private void send(ToUplink.SaveState asked) {
    state
        .pieces(asked.from(), Math.min(asked.to(), asked.from() + window()))
        .forEach(piece -> inlet.tell(new ToInlet.StatePart(asked.epoch(), question, piece)));
  }

  private Behavior<Command> onAskDue() {
    if (fetching != null) {
      fetching.again().ifPresent(this::fetch);
    } else if (!heard && writer != null && !welcomed) {
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

  private void fetch(StatePull.Range pieces) {
    inlet.tell(new ToInlet.FetchState(fetchEpoch(), self, pieces.from(), pieces.to()));
  }

  private long fetchEpoch() {
    return Epoch.of(place.placement(), 0);
  }
}
