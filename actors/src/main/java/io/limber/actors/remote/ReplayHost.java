package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.serialization.PeerMessage;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Segment;
import io.limber.core.replay.Transitions;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.TransitionsCodec;
import io.limber.protos.wire.OnReplayLink;
import io.limber.protos.wire.ReplayContent;
import io.limber.protos.wire.ToReplayNode;
import io.limber.protos.wire.ToReplayRun;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One run's replay actor at one node, and the end of the link to the run's {@link RemoteReplay}:
 * turns frames into the messages of writers, learner, probes and checkpoints, and answers back.
 *
 * <p>Bounds: a buffer for each block and each batch that the run has on its way, which the run's
 * writers and learner bound; they are used again.
 */
final class ReplayHost extends AbstractBehavior<ReplayHost.Command> {

  /** What this actor accepts. */
  sealed interface Command
      permits Announce, OnLink, Allowed, Drawn, Peeked, SaveSaid, Measured, TickDue {}

  /** Tells the run once more that the table is there. */
  enum Announce implements Command {
    INSTANCE
  }

  private record OnLink(OnReplayLink message) implements Command {}

  private record Allowed(ReplayActor.WriterReply reply) implements Command {}

  private record Drawn(Transitions batch) implements Command {}

  private record Peeked(ReplayActor.Peeked drawn) implements Command {}

  private record SaveSaid(ReplayActor.SaveReply reply) implements Command {}

  private record Measured(MetricsActor.Command message) implements Command {}

  private enum TickDue implements Command {
    INSTANCE
  }

  private final ToReplayNode.Open open;
  private final String node;
  private final Consumer<String> told;
  private final long restored;
  private final ReplayPlan plan;
  private final ReplayLink link;
  private final String entrance;
  private final ActorRef<ReplayActor.Command> replay;
  private final ActorRef<ReplayActor.WriterReply> allowed;
  private final ActorRef<ReplayActor.Batch> drawn;
  private final Queue<Transitions> blocks = new ArrayDeque<>();
  private final Queue<Transitions> batches = new ArrayDeque<>();
  private boolean handedOver;

  /**
   * @param table closed when this actor stops
   * @param node reference of the node, for answers
   * @param told takes a line for people when the table is handed over
   */
  static Behavior<Command> create(
      OpenedTable table, String node, ToReplayNode.Open open, Consumer<String> told) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(
                      TickDue.INSTANCE,
                      table.hosted().cluster().resendAfter().dividedBy(ReplayLink.PATIENCE_TICKS));
                  return new ReplayHost(context, table, node, open, told);
                }));
  }

  private ReplayHost(
      ActorContext<Command> context,
      OpenedTable opened,
      String node,
      ToReplayNode.Open open,
      Consumer<String> told) {
    super(context);
    this.told = told;
    this.open = open;
    this.node = node;
    restored = opened.table().inserted();
    plan = ReplayPlan.of(opened);
    // not restarted: a fresh table would be empty; the run has it opened anew from its checkpoint
    replay =
        context.spawn(
            ReplayActor.create(
                opened.table(),
                opened.hosted().settings(),
                context.messageAdapter(MetricsActor.Command.class, Measured::new)),
            "replay-0");
    context.watch(replay);
    allowed = context.messageAdapter(ReplayActor.WriterReply.class, Allowed::new);
    drawn = context.messageAdapter(ReplayActor.Batch.class, b -> new Drawn(b.transitions()));
    link = new ReplayLink(open.incarnation(), References.resolve(context, open.link()));
    entrance = References.of(context, context.messageAdapter(OnReplayLink.class, OnLink::new));
    onAnnounce();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Announce.INSTANCE, this::onAnnounce)
        .onMessage(OnLink.class, this::onLink)
        .onMessage(Allowed.class, this::onAllowed)
        .onMessage(Drawn.class, this::onDrawn)
        .onMessage(Peeked.class, this::onPeeked)
        .onMessage(SaveSaid.class, this::onSaveSaid)
        .onMessage(Measured.class, this::onMeasured)
        .onMessageEquals(TickDue.INSTANCE, this::onTickDue)
        .onSignal(Terminated.class, replayEnded -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> onAnnounce() {
    References.<ToReplayRun>resolve(getContext(), open.replies())
        .tell(new ToReplayRun.Ready(node, open.incarnation(), entrance, restored));
    return this;
  }

  private Behavior<Command> onLink(OnLink message) {
    String problem = link.receive(message.message(), this::take);
    if (problem != null) {
      getContext().getLog().warn("run {}: {}", open.run(), problem);
    }
    return this;
  }

  private void take(ReplayContent content) throws MalformedDataException {
    if (handedOver) {
      return; // the run asks the next table
    }
    if (content instanceof ReplayContent.Insert insert) {
      insert(insert.block());
    } else if (content instanceof ReplayContent.Draw) {
      Transitions free = batches.poll();
      replay.tell(new ReplayActor.Sample(free == null ? plan.newBatch() : free, drawn));
    } else if (content instanceof ReplayContent.Peek peek) {
      replay.tell(
          new ReplayActor.Peek(
              peek.id(),
              plan.newRows(peek.rows()),
              peek.seed(),
              getContext().messageAdapter(ReplayActor.Peeked.class, Peeked::new)));
    } else if (content instanceof ReplayContent.Save save) {
      handedOver = save.step() == ReplayContent.HANDOVER;
      replay.tell(
          new ReplayActor.Save(
              save.step(),
              save.from(),
              new CheckpointFolder(Path.of(save.folder())),
              getContext().messageAdapter(ReplayActor.SaveReply.class, SaveSaid::new)));
    } else {
      throw new MalformedDataException("an answer where replay is to be asked");
    }
  }

  private void insert(EncodedTransitions bytes) throws MalformedDataException {
    Transitions block = blocks.isEmpty() ? plan.newBlock() : blocks.remove();
    try {
      TransitionsCodec.decode(bytes, block);
    } catch (MalformedDataException e) {
      blocks.add(block);
      throw e;
    }
    replay.tell(new ReplayActor.Insert(block, 0, allowed));
  }

  private Behavior<Command> onAllowed(Allowed message) {
    ReplayActor.Inserted stored = (ReplayActor.Inserted) message.reply(); // nobody announces here
    blocks.add(stored.chunk());
    link.send(new ReplayContent.Stored(stored.inserted(), stored.sampled()));
    return this;
  }

  private Behavior<Command> onDrawn(Drawn message) {
    send(0, plan.batchBlocks(), message.batch());
    batches.add(message.batch());
    return this;
  }

  private Behavior<Command> onPeeked(Peeked message) {
    Transitions rows = message.drawn().transitions();
    send(message.drawn().id(), plan.blocksOf(rows), rows);
    return this;
  }

  private void send(long peek, BlockPlan pieces, Transitions rows) {
    int first = 0;
    for (EncodedTransitions block : pieces.cut(rows)) {
      link.send(new ReplayContent.Drawn(peek, first, rows.size(), block));
      first += pieces.rows();
    }
  }

  private Behavior<Command> onSaveSaid(SaveSaid message) {
    if (message.reply() instanceof ReplayActor.Saved saved) {
      link.send(
          new ReplayContent.Saved(
              saved.step(), RemoteSaves.bytes(saved.state()), saved.inserted()));
    } else {
      ReplayActor.RowsWritten rows = (ReplayActor.RowsWritten) message.reply();
      if (rows.step() == ReplayContent.HANDOVER) {
        tellHandover(rows);
      }
      link.send(
          rows.segment()
              .map(segment -> written(rows.step(), segment))
              .orElseGet(
                  () ->
                      new ReplayContent.RowsWritten(
                          rows.step(), "", 0, "", 0, 0, rows.failure().orElse(""))));
    }
    return this;
  }

  private void tellHandover(ReplayActor.RowsWritten rows) {
    if (rows.failure().isPresent()) {
      getContext()
          .getLog()
          .warn("the replay of run {} is not handed over: {}", open.run(), rows.failure().get());
    } else {
      long held = rows.segment().map(segment -> segment.end() - segment.first()).orElse(0L);
      told.accept("has handed over the replay of run " + open.run() + ": " + held + " transitions");
    }
  }

  private static ReplayContent.RowsWritten written(long step, Segment segment) {
    return new ReplayContent.RowsWritten(
        step,
        segment.file().path(),
        segment.file().bytes(),
        segment.file().sha256(),
        segment.first(),
        segment.end(),
        "");
  }

  private Behavior<Command> onMeasured(Measured message) {
    if (message.message() instanceof MetricsActor.Record recorded) {
      References.<PeerMessage>resolve(getContext(), open.reports())
          .tell(new PeerMessage.Reported(recorded.report()));
    }
    return this;
  }

  private Behavior<Command> onTickDue() {
    link.tick();
    return this;
  }
}
