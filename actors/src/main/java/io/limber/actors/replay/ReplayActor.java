package io.limber.actors.replay;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.resource.Lease;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Segment;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.RowCopy;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Owns one replay table; the rules live in {@link ReplayTable}, this class only turns messages into
 * calls, and keeps those waiting that the limiter does not allow yet.
 *
 * <p>Bounds: a writer has its in-flight chunks only and gets each back when the limiter would allow
 * the next; the learner has its batch buffers only; the probes their waiting measurements.
 */
public final class ReplayActor extends AbstractBehavior<ReplayActor.Command> {

  /** What this actor accepts. */
  public sealed interface Command
      permits Announce,
          Insert,
          Sample,
          Peek,
          Settle,
          Count,
          Save,
          TableMade,
          RowsCopied,
          RetryDue,
          ReportDue {}

  /**
   * A writer starts, or starts anew after a failure: what still waits of it is dropped. Answered by
   * {@link Welcomed} when it may insert.
   *
   * @param epoch counts the writer's starts; returned with every answer, so that it can tell old
   *     answers
   */
  public record Announce(int epoch, ActorRef<WriterReply> replyTo) implements Command {}

  /**
   * Stores a chunk, as soon as the limiter allows. Answered by {@link Inserted} when the limiter
   * would allow another one.
   *
   * @param chunk the replay actor's until it comes back
   */
  public record Insert(Transitions chunk, int epoch, ActorRef<WriterReply> replyTo)
      implements Command {}

  /**
   * Draws a batch as soon as the limiter allows; answered by {@link Batch}.
   *
   * @param into the replay actor's until it comes back
   */
  public record Sample(Transitions into, ActorRef<Batch> replyTo) implements Command {}

  /**
   * Draws for a probe, not counted by the limiter, as soon as the table holds its minimum. In
   * lockstep it waits until the next batch could be drawn: then all environments stand still, and
   * what is drawn depends on the draws so far alone. Answered by {@link Peeked}.
   *
   * @param seed of this draw
   */
  public record Peek(long id, Transitions into, long seed, ActorRef<Peeked> replyTo)
      implements Command {}

  /** Waits for the same moment as {@link Peek} but draws nothing; answered by {@link Settled}. */
  public record Settle(ActorRef<Settled> replyTo) implements Command {}

  /** Asks how much came in and went out so far; answered by {@link Counted}. */
  public record Count(ActorRef<Counted> replyTo) implements Command {}

  /**
   * Saves its state for a checkpoint. Answered by {@link Saved} at once, and by {@link RowsWritten}
   * when the rows are on the disk; the table goes on meanwhile.
   *
   * @param step of the checkpoint; returned with both answers
   * @param from number of the first row that no segment holds yet
   * @param folder takes the segment
   */
  public record Save(long step, long from, CheckpointFolder folder, ActorRef<SaveReply> replyTo)
      implements Command {}

  /** Of {@link ReplayOpening} alone; {@code table} is null after a failure. */
  record TableMade(ReplayTable table, Throwable failure) implements Command {}

  private record RowsCopied(Segment segment, Throwable failure) implements Command {}

  private enum RetryDue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** Answers to a writer: each is the permission for one more chunk in flight. */
  public sealed interface WriterReply permits Welcomed, Inserted, Dropped {
    int epoch();

    /** Transitions drawn so far. */
    long sampled();
  }

  /** Answer to {@link Announce}: all of the writer's buffers may now be filled and sent. */
  public record Welcomed(int epoch, long inserted, long sampled) implements WriterReply {}

  /** Answer to {@link Insert}; {@code chunk} is the writer's again. */
  public record Inserted(int epoch, Transitions chunk, long inserted, long sampled)
      implements WriterReply {}

  /**
   * Answer to {@link Insert} of a writer that has announced itself anew before it was stored;
   * {@code chunk} is the writer's again.
   */
  public record Dropped(int epoch, Transitions chunk, long sampled) implements WriterReply {}

  /** Answer to {@link Sample}. */
  public record Batch(Transitions transitions) {}

  /** Answer to {@link Peek}. */
  public record Peeked(long id, Transitions transitions) {}

  /** Answer to {@link Settle}. */
  public record Settled() {}

  /** Answer to {@link Count}. */
  public record Counted(long inserted, long sampled) {}

  /** Answers to {@link Save}, in this order. */
  public sealed interface SaveReply permits Saved, RowsWritten {
    long step();
  }

  /**
   * @param state all but the rows
   * @param inserted transitions inserted by then
   */
  public record Saved(long step, SavedState state, long inserted) implements SaveReply {}

  /**
   * @param segment empty if there were no new rows, or if they could not be written
   * @param failure why they could not
   */
  public record RowsWritten(long step, Optional<Segment> segment, Optional<String> failure)
      implements SaveReply {}

  private record Confirmation(Transitions chunk, int epoch, ActorRef<WriterReply> replyTo) {}

  /** Of a chunk that waits until the rows it replaces are copied: a few megabytes are. */
  private static final Duration RETRY_DELAY = Duration.ofMillis(2);

  private final ReplayTable table;
  private final Runnable close;
  private final ReplayActorSettings settings;
  private final ReplayReports reports;
  private final ActorRef<MetricsActor.Command> metrics;
  private final Queue<Insert> chunks = new ArrayDeque<>();
  private final Queue<Confirmation> confirmations = new ArrayDeque<>();
  private final Queue<Sample> samples = new ArrayDeque<>();
  private final Queue<Command> peeks = new ArrayDeque<>();
  private final TimerScheduler<Command> timers;
  private CompletionStage<Segment> copying; // null when no rows are on their way to a file
  private RowCopy copy;
  private Save copyFor;

  /**
   * Serves a table that is there.
   *
   * @param table closed when the actor stops
   */
  public static Behavior<Command> create(
      ReplayTable table, ReplayActorSettings settings, ActorRef<MetricsActor.Command> metrics) {
    return create(table, table::close, settings, metrics);
  }

  /**
   * Serves a table that is still being made, and filled where a run goes on, on other threads. What
   * is asked meanwhile waits; the actor fails as the making does.
   *
   * @param table released when the actor stops
   */
  public static Behavior<Command> opening(
      Lease<ReplayTable> table,
      ReplayActorSettings settings,
      ActorRef<MetricsActor.Command> metrics) {
    return ReplayOpening.create(table, made -> create(made, table::release, settings, metrics));
  }

  private static Behavior<Command> create(
      ReplayTable table,
      Runnable close,
      ReplayActorSettings settings,
      ActorRef<MetricsActor.Command> metrics) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Duration interval = settings.systemReportInterval();
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, interval);
                  return new ReplayActor(context, timers, table, close, settings, metrics);
                }));
  }

  private ReplayActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ReplayTable table,
      Runnable close,
      ReplayActorSettings settings,
      ActorRef<MetricsActor.Command> metrics) {
    super(context);
    this.timers = timers;
    this.table = table;
    this.close = close;
    this.settings = settings;
    this.metrics = metrics;
    reports =
        new ReplayReports(
            context.getSelf().path().name(), settings.batchSize(), settings.reportPeriod());
    reports.goOn(table);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Insert.class, this::onInsert)
        .onMessage(Sample.class, this::onSample)
        .onMessage(Peek.class, this::onPeek)
        .onMessage(Settle.class, this::onSettle)
        .onMessage(Announce.class, this::onAnnounce)
        .onMessage(Count.class, this::onCount)
        .onMessage(Save.class, this::onSave)
        .onMessage(TableMade.class, made -> Behaviors.unhandled()) // it is there already
        .onMessage(RowsCopied.class, this::onRowsCopied)
        .onMessageEquals(RetryDue.INSTANCE, this::serve)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onAnnounce(Announce announce) {
    chunks.removeIf(insert -> drop(insert, announce.replyTo()));
    // what is stored is told at once, though nobody waits for it any more: it is counted
    confirmations.stream()
        .filter(stored -> stored.replyTo().equals(announce.replyTo()) && stored.chunk() != null)
        .forEach(this::confirm);
    confirmations.removeIf(waiting -> waiting.replyTo().equals(announce.replyTo()));
    confirmations.add(new Confirmation(null, announce.epoch(), announce.replyTo()));
    return serve();
  }

  /** Gives the chunk back, if it is of this writer; returns whether it is. */
  private boolean drop(Insert insert, ActorRef<WriterReply> writer) {
    boolean drops = insert.replyTo().equals(writer);
    if (drops) {
      writer.tell(new Dropped(insert.epoch(), insert.chunk(), table.sampled()));
    }
    return drops;
  }

  private Behavior<Command> onInsert(Insert insert) {
    chunks.add(insert);
    return serve();
  }

  private Behavior<Command> onSample(Sample sample) {
    samples.add(sample);
    return serve();
  }

  private Behavior<Command> onPeek(Peek peek) {
    peeks.add(peek);
    return serve();
  }

  private Behavior<Command> onSettle(Settle settle) {
    peeks.add(settle);
    return serve();
  }

  private Behavior<Command> onCount(Count count) {
    count.replyTo().tell(new Counted(table.inserted(), table.sampled()));
    return this;
  }

  private Behavior<Command> onReportDue() {
    int depth = chunks.size() + samples.size() + peeks.size();
    metrics.tell(new MetricsActor.Record(reports.waiting(table, depth, System.nanoTime())));
    return this;
  }

  private Behavior<Command> onSave(Save save) {
    if (copying != null) { // of a checkpoint that was given up
      save.replyTo().tell(new Saved(save.step(), table.save(), table.inserted()));
      String reason = "replay rows of an earlier checkpoint are still being written";
      save.replyTo().tell(new RowsWritten(save.step(), Optional.empty(), Optional.of(reason)));
      return this;
    }
    copy = table.copyRows(save.from());
    save.replyTo().tell(new Saved(save.step(), table.save(), table.inserted()));
    if (copy.first() == copy.end()) {
      save.replyTo().tell(new RowsWritten(save.step(), Optional.empty(), Optional.empty()));
      return this;
    }
    copyFor = save;
    copying = write(copy, save.folder());
    getContext().pipeToSelf(copying, RowsCopied::new);
    return this;
  }

  private CompletionStage<Segment> write(RowCopy rows, CheckpointFolder folder) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return folder.write(rows);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking()));
  }

  private Behavior<Command> onRowsCopied(RowsCopied message) {
    copying = null;
    copy.close();
    Optional<String> failure =
        Optional.ofNullable(message.failure())
            .map(cause -> "replay rows could not be written: " + Lease.cause(cause).getMessage());
    copyFor
        .replyTo()
        .tell(new RowsWritten(copyFor.step(), Optional.ofNullable(message.segment()), failure));
    return serve();
  }

  private Behavior<Command> onPostStop() {
    if (copying == null) {
      close.run();
    } else {
      copying.whenComplete((segment, failure) -> close.run()); // never under the copying thread
    }
    return this;
  }

  /** Does all that the limiter allows, then tells the writers whether they may go on. */
  private Behavior<Command> serve() {
    boolean moved = true;
    while (moved) {
      // one of each kind per round, so that neither side can starve the other
      moved = storeOne() | answerPeeks() | drawOne();
    }
    while (!confirmations.isEmpty() && table.canInsert()) {
      confirm(confirmations.remove());
    }
    reports.noteBlocked(
        !confirmations.isEmpty() || !chunks.isEmpty(), !samples.isEmpty(), System.nanoTime());
    return this;
  }

  private boolean storeOne() {
    if (chunks.isEmpty() || !table.canInsert()) {
      return false;
    }
    if (table.wouldOverwrite(chunks.peek().chunk().size())) {
      timers.startSingleTimer(RetryDue.INSTANCE, RETRY_DELAY);
      return false;
    }
    Insert insert = chunks.remove();
    table.insert(insert.chunk());
    confirmations.add(new Confirmation(insert.chunk(), insert.epoch(), insert.replyTo()));
    return true;
  }

  private boolean answerPeeks() {
    boolean ready =
        settings.lockstep() ? table.canSample() : table.size() >= table.settings().minSize();
    if (peeks.isEmpty() || !ready) {
      return false;
    }
    peeks.forEach(this::answer);
    peeks.clear();
    return true;
  }

  private void answer(Command waiting) {
    if (waiting instanceof Peek peek) {
      table.peek(peek.into(), new SeededRandom(peek.seed()));
      peek.replyTo().tell(new Peeked(peek.id(), peek.into()));
    } else if (waiting instanceof Settle settle) {
      settle.replyTo().tell(new Settled());
    }
  }

  private boolean drawOne() {
    if (samples.isEmpty() || !table.canSample()) {
      return false;
    }
    Sample sample = samples.remove();
    table.sample(sample.into());
    if (reports.due(
        table)) { // before the batch: the learner's report of that step comes after this
      metrics.tell(new MetricsActor.Record(reports.state(table)));
    }
    sample.replyTo().tell(new Batch(sample.into()));
    return true;
  }

  private void confirm(Confirmation to) {
    long inserted = table.inserted();
    long sampled = table.sampled();
    to.replyTo()
        .tell(
            to.chunk() == null
                ? new Welcomed(to.epoch(), inserted, sampled)
                : new Inserted(to.epoch(), to.chunk(), inserted, sampled));
  }
}
