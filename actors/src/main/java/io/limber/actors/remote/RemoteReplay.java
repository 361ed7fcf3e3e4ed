package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Lease;
import io.limber.actors.serialization.PeerMessage;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.OnReplayLink;
import io.limber.protos.wire.ReplayContent;
import io.limber.protos.wire.ToReplayRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Stands in for the replay actor where it is on another node, and finds that node. While there is
 * none, writers and learner wait. A table that is lost with its node is restored from the run's
 * newest checkpoint on whichever node there is next; what its writers have not been confirmed is
 * stored then, so that nothing is lost of it and nothing comes twice. A node that leaves hands its
 * table over, and the next one begins with all of it.
 *
 * <p>A node that cannot be reached is waited for until the cluster has given it up: what it holds
 * is worth more than the time.
 *
 * <p>Bounds: the chunks, batch buffers and draws of those who ask, as in front of a replay actor.
 */
public final class RemoteReplay extends AbstractBehavior<RemoteReplay.Command> {

  /** What this actor accepts, besides the commands of a {@link ReplayActor}. */
  public sealed interface Command
      permits Asked, Listed, Found, FromNode, OnLink, Reported, TickDue, RetryDue, ReportDue {}

  private record Asked(ReplayActor.Command command) implements Command {}

  private record Listed(Receptionist.Listing listing) implements Command {}

  private record Found(long incarnation, Optional<ReplaySource> source, Throwable failure)
      implements Command {}

  private record FromNode(ToReplayRun message) implements Command {}

  private record OnLink(OnReplayLink message) implements Command {}

  private record Reported(PeerMessage.Reported message) implements Command {}

  private enum TickDue implements Command {
    INSTANCE
  }

  private enum RetryDue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** A node that refuses is asked again after this. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final RemoteReplayPlan plan;
  private final ActorRef<MetricsActor.Command> metrics;
  private final StepClock clock;
  private final TimerScheduler<Command> timers;
  private final UnstoredChunks chunks;
  private final AwaitedRows rows = new AwaitedRows();
  private final RemoteSaves saves;
  private final RemoteReplayReports reports;
  private final ReplaySearch search;
  private final ReplayHandover handover;
  private ReplayLink link; // null while there is no table
  private long tableStep; // of the learner, when the table began
  private long inserted;
  private long sampled;

  /** Takes what a {@link ReplayActor} takes. */
  public static Behavior<ReplayActor.Command> create(
      RemoteReplayPlan plan, ActorRef<MetricsActor.Command> metrics, StepClock clock) {
    Behavior<Command> behavior =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new RemoteReplay(context, timers, plan, metrics, clock)));
    return Behaviors.transformMessages(
        ReplayActor.Command.class,
        behavior,
        builder -> builder.match(ReplayActor.Command.class, Asked::new));
  }

  private RemoteReplay(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RemoteReplayPlan plan,
      ActorRef<MetricsActor.Command> metrics,
      StepClock clock) {
    super(context);
    context.setLoggerName(RemoteReplay.class);
    this.timers = timers;
    this.plan = plan;
    this.metrics = metrics;
    this.clock = clock;
    chunks =
        new UnstoredChunks(
            new ReplayPlan(plan.spec(), plan.replay(), plan.run().settings().maxBlockBytes())
                .chunkBlocks());
    Executor blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    saves = new RemoteSaves(blocking);
    reports = new RemoteReplayReports(plan.settings());
    handover = new ReplayHandover(plan.checkpoints(), blocking);
    search =
        new ReplaySearch(
            plan,
            blocking,
            new ReplaySearch.Ends(
                References.of(context, context.getSelf()),
                References.of(context, context.messageAdapter(ToReplayRun.class, FromNode::new)),
                References.of(context, context.messageAdapter(OnReplayLink.class, OnLink::new)),
                References.of(
                    context, context.messageAdapter(PeerMessage.Reported.class, Reported::new))));
    timers.startTimerWithFixedDelay(
        TickDue.INSTANCE, plan.run().settings().resendAfter().dividedBy(ReplayLink.PATIENCE_TICKS));
    timers.startTimerWithFixedDelay(ReportDue.INSTANCE, plan.settings().systemReportInterval());
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                ReplayNode.REPLAY_NODES,
                context.messageAdapter(Receptionist.Listing.class, Listed::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Asked.class, this::onAsked)
        .onMessage(OnLink.class, this::onLink)
        .onMessage(Listed.class, this::onListed)
        .onMessage(Found.class, this::onFound)
        .onMessage(FromNode.class, this::onFromNode)
        .onMessage(Reported.class, this::onReported)
        .onMessageEquals(TickDue.INSTANCE, this::onTickDue)
        .onMessageEquals(RetryDue.INSTANCE, this::onRetryDue)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onAsked(Asked message) {
    ReplayActor.Command command = message.command();
    if (command instanceof ReplayActor.Insert insert) {
      send(chunks.add(insert));
    } else if (command instanceof ReplayActor.Sample sample) {
      send(List.of(rows.add(sample)));
    } else if (command instanceof ReplayActor.Peek peek) {
      send(List.of(rows.add(peek)));
    } else if (command instanceof ReplayActor.Announce announce) {
      chunks.announce(announce);
      answerWriters();
    } else if (command instanceof ReplayActor.Count count) {
      count.replyTo().tell(new ReplayActor.Counted(inserted, sampled));
    } else if (command instanceof ReplayActor.Save save) {
      onSave(save);
    } else {
      throw new IllegalStateException("only lockstep asks for " + command + ", which has no nodes");
    }
    return this;
  }

  private void onSave(ReplayActor.Save save) {
    if (handover.take(save)) {
      return;
    }
    if (link == null) {
      RemoteSaves.fail(save, "there is no node with the run's replay");
    } else {
      send(List.of(saves.add(save)));
    }
  }

  /** What cannot be sent now is, when there is a table. */
  private void send(List<ReplayContent> contents) {
    if (link != null) {
      contents.forEach(link::send);
    }
  }

  private void answerWriters() {
    if (link != null) {
      chunks.answer(inserted, sampled);
    }
  }

  private Behavior<Command> onLink(OnLink message) {
    if (link != null) {
      String problem = link.receive(message.message(), this::take);
      if (problem != null) {
        getContext().getLog().warn("replay node {}: {}", search.address(), problem);
      }
    }
    return this;
  }

  private void take(ReplayContent content) throws MalformedDataException {
    if (content instanceof ReplayContent.Drawn drawn) {
      rows.take(drawn);
    } else if (content instanceof ReplayContent.Stored stored) {
      inserted = stored.inserted();
      sampled = stored.sampled();
      chunks.blockStored();
      answerWriters();
    } else if (content instanceof ReplayContent.Saved saved) {
      onSaved(saved);
    } else if (content instanceof ReplayContent.RowsWritten written) {
      onRowsWritten(written);
    } else {
      throw new MalformedDataException("a question where an answer of replay is expected");
    }
  }

  private void onSaved(ReplayContent.Saved saved) throws MalformedDataException {
    if (saved.step() == ReplayContent.HANDOVER) {
      handover.take(saved);
    } else {
      saves.take(saved);
    }
  }

  private void onRowsWritten(ReplayContent.RowsWritten rows) throws MalformedDataException {
    if (rows.step() == ReplayContent.HANDOVER) {
      move(rows);
    } else {
      saves.take(rows);
      askForHandover();
    }
  }

  private Behavior<Command> onListed(Listed message) {
    if (search.lost(message.listing())) {
      lose("the cluster has given it up");
    }
    return seek();
  }

  /** Takes a node, if there is need of one and one is there. */
  private Behavior<Command> seek() {
    search
        .choose(handover.table())
        .ifPresent(
            finding -> {
              long incarnation = search.incarnation();
              getContext()
                  .pipeToSelf(
                      finding, (source, failure) -> new Found(incarnation, source, failure));
            });
    return this;
  }

  private Behavior<Command> onFound(Found message) {
    if (!search.concerns(message.incarnation())) {
      return this; // for a node that is lost already
    }
    if (message.failure() != null) {
      lose("the checkpoints cannot be read: " + Lease.cause(message.failure()).getMessage());
      return this;
    }
    if (handover.table().isPresent()
        && message.source().filter(ReplaySource::handedOver).isEmpty()) {
      reports.tableLost();
      handover.end();
    }
    search.open(message.source());
    return this;
  }

  private Behavior<Command> onFromNode(FromNode message) {
    ToReplayRun said = message.message();
    if (!search.concerns(said.incarnation())) {
      return this;
    }
    if (said instanceof ToReplayRun.Unable unable) {
      lose(unable.reason());
    } else if (said instanceof ToReplayRun.Leaving) {
      onLeaving();
    } else if (link == null) {
      begin((ToReplayRun.Ready) said);
    }
    return this;
  }

  private void begin(ToReplayRun.Ready ready) {
    boolean first = !search.everOpened();
    Optional<ReplaySource> source = search.opened();
    boolean saved = source.isPresent() && source.get().step() >= tableStep;
    long missing = chunks.restoredAt(ready.inserted(), saved);
    tableStep = clock.step();
    inserted = ready.inserted();
    sampled = source.map(ReplaySource::sampled).orElse(0L);
    if (source.filter(ReplaySource::handedOver).isEmpty()) {
      saves.begin(first ? inserted : 0);
    }
    handover.end();
    reports.tableBegun(missing, sampled, clock.step());
    tellBeginning(first, source, missing);
    link = new ReplayLink(search.incarnation(), References.resolve(getContext(), ready.link()));
    send(chunks.all());
    send(rows.askAgain());
    answerWriters();
  }

  private void tellBeginning(boolean first, Optional<ReplaySource> source, long missing) {
    String at = search.address();
    String from = source.map(s -> "from " + s.name()).orElse("empty, without a checkpoint");
    if (first) {
      getContext().getLog().info("replay is kept on {} and begins {}", at, from);
    } else {
      getContext()
          .getLog()
          .warn("replay is restored on {} {}: {} transitions are lost", at, from, missing);
    }
  }

  /** Told again and again until the table is closed there. */
  private void onLeaving() {
    search.chosenLeaves();
    if (link == null) {
      lose("it leaves");
    } else if (handover.want()) {
      askForHandover();
    } else {
      lose("it leaves, and without checkpoints there is no folder to hand the table over in");
    }
  }

  private void askForHandover() {
    if (saves.isIdle()) {
      handover.question().ifPresent(link::send);
    }
  }

  /** The table is saved as it is, and the next node begins with it. */
  private void move(ReplayContent.RowsWritten rows) throws MalformedDataException {
    Optional<String> failure = handover.take(rows, clock.step());
    if (failure.isPresent()) {
      lose("it leaves, and could not hand the table over: " + failure.get());
    } else {
      getContext().getLog().info("{} leaves and has handed replay over", search.address());
      leave();
    }
  }

  /** What was not answered is asked again, of the next table. */
  private void lose(String reason) {
    getContext()
        .getLog()
        .warn("no replay on node {}: {}; learner and environments wait", search.address(), reason);
    if (link != null) {
      reports.tableLost();
    }
    leave();
  }

  private void leave() {
    search.drop();
    timers.startSingleTimer(RetryDue.INSTANCE, RETRY_AFTER);
    if (link != null) {
      reports.linkClosed(link);
      link = null;
    }
    saves.failAll("the node with the run's replay is lost");
    handover.fail("the node with the run's replay is lost");
    seek();
  }

  private Behavior<Command> onRetryDue() {
    search.forgive();
    return seek();
  }

  private Behavior<Command> onTickDue() {
    if (link != null) {
      link.tick();
    } else {
      search.tick();
    }
    return this;
  }

  private Behavior<Command> onReported(Reported message) {
    metrics.tell(new MetricsActor.Record(reports.ofTable(message.message().report())));
    return this;
  }

  private Behavior<Command> onReportDue() {
    metrics.tell(new MetricsActor.Record(reports.ofLink(clock.step(), link, rows)));
    return this;
  }

  private Behavior<Command> onPostStop() {
    search.close();
    handover.end();
    return this;
  }
}
