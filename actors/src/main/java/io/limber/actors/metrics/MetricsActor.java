package io.limber.actors.metrics;

import akka.actor.AllDeadLetters;
import akka.actor.DeadLetter;
import akka.actor.Dropped;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.javadsl.RunnableGraph;
import io.limber.actors.resource.Lease;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.ProcessMeter;
import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import io.limber.streams.metrics.RunningMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Publishes reports of all actors to the metrics hub, in the order in which they came, and reports
 * on memory, on the hub's queues and on messages that reached nobody.
 *
 * <p>Bounds: reports go straight on to the hub, whose queue has a size and refuses and counts what
 * does not fit. In lockstep nothing is lost: a report waits here while the hub's queue is full, and
 * the learner waits after each of its reports ({@link Sync}) until none waits here, so no more than
 * one period's reports ever do.
 */
public final class MetricsActor extends AbstractBehavior<MetricsActor.Command> {

  /** What this actor accepts. */
  public sealed interface Command
      permits Record,
          RecordTables,
          Sync,
          Mark,
          Complete,
          Closed,
          RetryDue,
          ReportDue,
          Undelivered {}

  /** Records a report; not answered. */
  public record Record(Report report) implements Command {}

  /** Records what a probe measured beside its report; not answered. */
  public record RecordTables(ProbeTables tables) implements Command {}

  /** Answered by {@link Synced} when every report told before it is in the hub's queue. */
  public record Sync(ActorRef<Synced> replyTo) implements Command {}

  /**
   * Answered by {@link Marked} when every report told before it is on the disk, in the record that
   * a resumed run is cut back to.
   *
   * @param step of the learner; returned with the answer
   */
  public record Mark(long step, ActorRef<Marked> replyTo) implements Command {}

  /** No more reports will come; answered by {@link Flushed} when the sinks have closed. */
  public record Complete(ActorRef<Flushed> replyTo) implements Command {}

  private record Closed(Throwable failure) implements Command {}

  private enum RetryDue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** Some message of this actor system reached nobody. */
  private enum Undelivered implements Command {
    INSTANCE
  }

  /** Answer to {@link Sync}. */
  public record Synced() {}

  /**
   * Answer to {@link Mark}.
   *
   * @param step as in the question
   * @param bytes length of the record; −1 where none is kept
   * @param failure why it is not known, if it is not
   */
  public record Marked(long step, long bytes, Optional<String> failure) {}

  /**
   * Answer to {@link Complete}.
   *
   * @param refused reports that no sink got
   * @param failure why the stream failed, if it did
   */
  public record Flushed(long refused, Optional<String> failure) {}

  /**
   * Short beside a report period of the learner, long beside the time a sink takes for a report.
   */
  private static final Duration RETRY_DELAY = Duration.ofMillis(1);

  private final MetricsActorSettings settings;
  private final RunningMetrics hub;
  private final StepClock clock;
  private final TimerScheduler<Command> timers;
  private final ProcessMeter process;

  /** Each publishes one thing; false if that was refused. */
  private final Queue<Predicate<RunningMetrics>> waiting = new ArrayDeque<>();

  private final List<Sync> syncs = new ArrayList<>();
  private long refused;
  private long deadLetters;
  private Complete complete;
  private boolean completed;

  /**
   * @param hub what publishes; run once, by this actor
   * @param process measured by this actor alone
   */
  public static Behavior<Command> create(
      RunnableGraph<RunningMetrics> hub,
      MetricsActorSettings settings,
      StepClock clock,
      ProcessMeter process) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Duration interval = settings.systemReportInterval();
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, interval);
                  RunningMetrics running = hub.run(context.getSystem());
                  return new MetricsActor(context, timers, running, settings, clock, process);
                }));
  }

  private MetricsActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RunningMetrics hub,
      MetricsActorSettings settings,
      StepClock clock,
      ProcessMeter process) {
    super(context);
    this.process = process;
    this.timers = timers;
    this.hub = hub;
    this.settings = settings;
    this.clock = clock;
    context.pipeToSelf(hub.done(), (done, failure) -> new Closed(failure));
    count(DeadLetter.class);
    count(Dropped.class);
  }

  private <E extends AllDeadLetters> void count(Class<E> type) {
    ActorRef<E> counted = getContext().messageAdapter(type, letter -> Undelivered.INSTANCE);
    getContext().getSystem().eventStream().tell(new EventStream.Subscribe<>(type, counted));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Record.class, this::onRecord)
        .onMessage(RecordTables.class, this::onRecordTables)
        .onMessage(Sync.class, this::onSync)
        .onMessage(Mark.class, this::onMark)
        .onMessage(Complete.class, this::onComplete)
        .onMessage(Closed.class, this::onClosed)
        .onMessageEquals(RetryDue.INSTANCE, this::publish)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onMessageEquals(Undelivered.INSTANCE, this::onUndelivered)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onRecord(Record message) {
    add(message.report());
    return publish();
  }

  private Behavior<Command> onRecordTables(RecordTables message) {
    waiting.add(metrics -> metrics.publish(message.tables()));
    return publish();
  }

  private Behavior<Command> onSync(Sync sync) {
    syncs.add(sync);
    return publish();
  }

  private Behavior<Command> onMark(Mark mark) {
    waiting.add(
        metrics -> {
          metrics
              .mark()
              .whenComplete(
                  (bytes, failure) ->
                      mark.replyTo().tell(marked(mark.step(), bytes, failure))); // thread-safe
          return true;
        });
    return publish();
  }

  private static Marked marked(long step, Long bytes, Throwable failure) {
    return failure == null
        ? new Marked(step, bytes, Optional.empty())
        : new Marked(step, -1, Optional.of("metrics could not be synced: " + Lease.cause(failure)));
  }

  private Behavior<Command> onComplete(Complete message) {
    complete = message;
    return publish();
  }

  private Behavior<Command> onClosed(Closed message) {
    completed = true;
    refused += waiting.size();
    waiting.clear();
    if (message.failure() != null) {
      getContext().getLog().error("metrics stream failed: training goes on", message.failure());
    }
    if (complete != null) {
      Optional<String> failure = Optional.ofNullable(message.failure()).map(Throwable::toString);
      complete.replyTo().tell(new Flushed(refused, failure));
    }
    return publish();
  }

  private Behavior<Command> onReportDue() {
    String source = getContext().getSelf().path().name();
    Map<Metric, Double> values = process.measure();
    values.put(Metric.PROCESS_DEAD_LETTERS, (double) deadLetters);
    Report.split(source, clock.step(), values).forEach(this::add);
    hub.queueReports(clock.step()).forEach(this::add);
    return publish();
  }

  private Behavior<Command> onUndelivered() {
    deadLetters++;
    return this;
  }

  private Behavior<Command> onPostStop() {
    hub.complete();
    return this;
  }

  private void add(Report report) {
    waiting.add(metrics -> metrics.publish(report));
  }

  private Behavior<Command> publish() {
    boolean mayWait = settings.lockstep() && !completed;
    while (!waiting.isEmpty() && !(mayWait && hub.depth() >= settings.queueSize())) {
      refused += waiting.remove().test(hub) ? 0 : 1;
    }
    if (!waiting.isEmpty()) {
      timers.startSingleTimer(RetryDue.INSTANCE, RETRY_DELAY);
      return this;
    }
    syncs.forEach(sync -> sync.replyTo().tell(new Synced()));
    syncs.clear();
    if (complete != null) {
      hub.complete();
    }
    return this;
  }
}
