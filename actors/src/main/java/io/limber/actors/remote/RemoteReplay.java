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
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.replay.ReplayActorSettings;
import io.limber.actors.resource.Lease;
import io.limber.actors.serialization.PeerMessage;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.TransitionSpec;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.OnReplayLink;
import io.limber.protos.wire.ReplayContent;
import io.limber.protos.wire.ToReplayNode;
import io.limber.protos.wire.ToReplayRun;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Stands in for the replay actor where it is on another node, and finds that node. While there is
 * none, writers and learner wait. A table that is lost with its node is restored from the run's
 * newest checkpoint on whichever node there is next; what its writers have not been confirmed is
 * stored then, so that nothing is lost of it and nothing comes twice.
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

  /**
   * What the table is.
   *
   * @param spec of a transition
   * @param checkpoints where checkpoints are; empty if the run makes none
   * @param resume what the run goes on from
   */
  public record Plan(
      RemoteRun run,
      TransitionSpec spec,
      ReplaySettings replay,
      ReplayActorSettings settings,
      Optional<CheckpointFolder> checkpoints,
      Optional<ResumePoint> resume) {}

  /** A node that refuses is asked again after this. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Plan plan;
  private final ActorRef<MetricsActor.Command> metrics;
  private final StepClock clock;
  private final TimerScheduler<Command> timers;
  private final UnstoredChunks chunks;
  private final AwaitedRows rows = new AwaitedRows();
  private final RemoteSaves saves;
  private final ReplayNodes nodes = new ReplayNodes();
  private long incarnation;
  private ToReplayNode.Open open; // told until it is answered; null before and after
  private Optional<ReplaySource> source = Optional.empty();
  private ReplayHandover handover; // null but while a node hands the table over
  private Optional<ReplaySource> handedOver = Optional.empty(); // to whichever node is next
  private ReplayLink link; // null while there is no table
  private boolean hadTable;
  private long tableStep; // of the learner, when the table began
  private long inserted;
  private long sampled;
  private long losses;
  private long lost;
  private long resentBefore;
  private long stepsBehind;

  /** Takes what a {@link ReplayActor} takes. */
  public static Behavior<ReplayActor.Command> create(
      Plan plan, ActorRef<MetricsActor.Command> metrics, StepClock clock) {
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
      Plan plan,
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
    saves =
        new RemoteSaves(context.getSystem().dispatchers().lookup(DispatcherSelector.blocking()));
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
    if (link == null || handover != null) {
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
        getContext().getLog().warn("replay node {}: {}", nodes.address(), problem);
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
      if (saved.step() == ReplayContent.HANDOVER) {
        if (handover != null) {
          handover.take(saved);
        }
      } else {
        saves.take(saved);
      }
    } else if (content instanceof ReplayContent.RowsWritten written) {
      if (written.step() == ReplayContent.HANDOVER) {
        move(written);
      } else {
        saves.take(written);
      }
    } else {
      throw new MalformedDataException("a question where an answer of replay is expected");
    }
  }

  private Behavior<Command> onListed(Listed message) {
    if (nodes.lost(message.listing())) {
      lose("the cluster has given it up");
    }
    return seek();
  }

  /** Takes a node, if there is need of one and one is there. */
  private Behavior<Command> seek() {
    if (!nodes.choose()) {
      return this;
    }
    incarnation++;
    long forIncarnation = incarnation;
    Optional<CheckpointFolder> later = hadTable ? plan.checkpoints() : Optional.empty();
    Optional<ReplaySource> handed = handedOver;
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () ->
                    handed.or(
                        () ->
                            (later.isPresent() ? ResumePoint.newest(later.get()) : plan.resume())
                                .map(ReplaySource::of)),
                getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking())),
            (found, failure) -> new Found(forIncarnation, found, failure));
    return this;
  }

  private Behavior<Command> onFound(Found message) {
    if (message.incarnation() != incarnation || !nodes.isChosen()) {
      return this; // for a node that is lost already
    }
    if (message.failure() != null) {
      lose("the checkpoints cannot be read: " + Lease.cause(message.failure()).getMessage());
      return this;
    }
    source = message.source();
    ActorContext<Command> context = getContext();
    open =
        new ToReplayNode.Open(
            plan.run().run(),
            incarnation,
            plan.run().config(),
            plan.run().fingerprint(),
            plan.spec().observationBytes(),
            plan.checkpoints().map(folder -> folder.path().toString()).orElse(""),
            source.map(s -> RemoteSaves.bytes(s.state())).orElse(ByteBuffer.allocate(0)),
            source.map(s -> s.rows().stream().map(Path::toString).toList()).orElse(List.of()),
            References.of(context, context.getSelf()),
            References.of(context, context.messageAdapter(ToReplayRun.class, FromNode::new)),
            References.of(context, context.messageAdapter(OnReplayLink.class, OnLink::new)),
            References.of(
                context, context.messageAdapter(PeerMessage.Reported.class, Reported::new)));
    nodes.tell(open);
    return this;
  }

  private Behavior<Command> onFromNode(FromNode message) {
    if (message.message().incarnation() != incarnation || !nodes.isChosen()) {
      return this;
    }
    if (message.message() instanceof ToReplayRun.Unable unable) {
      lose(unable.reason());
    } else if (message.message() instanceof ToReplayRun.Leaving) {
      onLeaving();
    } else if (link == null) {
      begin((ToReplayRun.Ready) message.message());
    }
    return this;
  }

  private void begin(ToReplayRun.Ready ready) {
    open = null;
    boolean saved = source.isPresent() && source.get().step() >= tableStep;
    long missing = chunks.restoredAt(ready.inserted(), saved);
    tableStep = clock.step();
    inserted = ready.inserted();
    sampled = source.map(ReplaySource::sampled).orElse(0L);
    handedOver = Optional.empty();
    saves.begin(hadTable ? 0 : inserted);
    lost += missing;
    tellBeginning(missing);
    hadTable = true;
    long behind = Math.max(0, clock.step() - sampled / plan.settings().batchSize());
    long period = plan.settings().reportPeriod();
    stepsBehind = (behind + period - 1) / period * period;
    link = new ReplayLink(incarnation, References.resolve(getContext(), ready.link()));
    send(chunks.all());
    send(rows.askAgain());
    answerWriters();
  }

  private void tellBeginning(long missing) {
    String at = nodes.address();
    String from = source.map(s -> "from " + s.name()).orElse("empty, without a checkpoint");
    if (hadTable) {
      getContext()
          .getLog()
          .warn("replay is restored on {} {}: {} transitions are lost", at, from, missing);
    } else {
      getContext().getLog().info("replay is kept on {} and begins {}", at, from);
    }
  }

  /** Told again and again until the table is closed there. */
  private void onLeaving() {
    if (link == null || plan.checkpoints().isEmpty()) {
      nodes.tell(new ToReplayNode.Close(plan.run().run()));
      lose("it leaves" + (link == null ? "" : ", and there is no folder to hand the table over"));
    } else if (handover == null && saves.isIdle()) {
      handover = new ReplayHandover(plan.checkpoints().get());
      send(List.of(handover.question()));
    }
  }

  /** The table is saved as it is, and the next node begins with it. */
  private void move(ReplayContent.RowsWritten rows) throws MalformedDataException {
    if (handover == null) {
      throw new MalformedDataException("a table is handed over that nobody asked for");
    }
    String from = nodes.address();
    nodes.tell(new ToReplayNode.Close(plan.run().run()));
    try {
      ReplaySource saved = handover.take(rows, clock.step());
      getContext().getLog().info("{} leaves and hands the run's replay over", from);
      leave();
      handedOver = Optional.of(saved);
      seek();
    } catch (MalformedDataException e) {
      lose("it leaves, and could not hand the table over: " + e.getMessage());
    }
  }

  private void leave() {
    nodes.drop();
    timers.startSingleTimer(RetryDue.INSTANCE, RETRY_AFTER);
    if (link != null) {
      resentBefore += link.resent();
    }
    saves.failAll("the node with the run's replay is gone");
    open = null;
    link = null;
    handover = null;
    handedOver = Optional.empty();
  }

  /** What was not answered is asked again, of the next table. */
  private void lose(String reason) {
    getContext()
        .getLog()
        .warn("no replay on node {}: {}; learner and environments wait", nodes.address(), reason);
    losses += link == null ? 0 : 1;
    leave();
    seek();
  }

  private Behavior<Command> onRetryDue() {
    nodes.forgive();
    return seek();
  }

  private Behavior<Command> onTickDue() {
    if (link != null) {
      link.tick();
    } else if (open != null) {
      nodes.tell(open);
    }
    return this;
  }

  /** A table that went back to earlier counts reports at the learner's steps all the same. */
  private Behavior<Command> onReported(Reported message) {
    Report report = message.message().report();
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    report.measurements().forEach(each -> values.put(each.metric(), each.value()));
    metrics.tell(
        new MetricsActor.Record(Report.of(report.source(), report.step() + stepsBehind, values)));
    return this;
  }

  private Behavior<Command> onReportDue() {
    Map<Metric, Double> values =
        Map.of(
            Metric.CLUSTER_REPLAY_THERE, link == null ? 0.0 : 1.0,
            Metric.CLUSTER_REPLAY_LOSSES, (double) losses,
            Metric.CLUSTER_REPLAY_LOST, (double) lost,
            Metric.CLUSTER_REPLAY_RESENT,
                (double) (resentBefore + (link == null ? 0 : link.resent())),
            Metric.CLUSTER_BATCHES_AWAITED, (double) rows.batches(),
            Metric.CLUSTER_BATCH_BYTES, (double) rows.bytes(),
            Metric.CLUSTER_BATCH_TIME, rows.lastNanos() * 1.0e-9);
    metrics.tell(new MetricsActor.Record(Report.of("replay-link-0", clock.step(), values)));
    return this;
  }

  private Behavior<Command> onPostStop() {
    nodes.tell(new ToReplayNode.Close(plan.run().run()));
    return this;
  }
}
