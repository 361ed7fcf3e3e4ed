package io.limber.actors.metrics;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.japi.Pair;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.SourceQueueWithComplete;
import io.limber.actors.learner.StepClock;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.ProcessMeter;
import io.limber.core.metrics.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes reports from all actors and feeds them to the metrics stream in the order in which they
 * came, one at a time, as fast as the stream takes them.
 *
 * <p>Bounds: the queue has a size, and the oldest report is dropped and counted when it is full. In
 * lockstep nothing is dropped: there the learner waits after each of its reports ({@link Sync})
 * until all are taken, so no more than one period's reports ever wait.
 */
public final class MetricsActor extends AbstractBehavior<MetricsActor.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits Record, Sync, Complete, Offered, StreamEnded, ReportDue {}

  /** Records a report; not answered. */
  public record Record(Report report) implements Command {}

  /** Answered by {@link Synced} when every report told before it is taken by the stream. */
  public record Sync(ActorRef<Synced> replyTo) implements Command {}

  /** No more reports will come; answered by {@link Flushed} when the sinks have closed. */
  public record Complete(ActorRef<Flushed> replyTo) implements Command {}

  private record Offered(Throwable failure) implements Command {}

  private record StreamEnded(Throwable failure) implements Command {}

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** Answer to {@link Sync}. */
  public record Synced() {}

  /**
   * Answer to {@link Complete}.
   *
   * @param dropped reports that no sink got
   * @param failure why the stream failed, if it did
   */
  public record Flushed(long dropped, Optional<String> failure) {}

  private final SourceQueueWithComplete<Report> stream;
  private final ReportQueue queue;
  private final StepClock clock;
  private final ProcessMeter process = new ProcessMeter(Clock.systemUTC());
  private final List<Sync> syncs = new ArrayList<>();
  private boolean offering;
  private boolean ended;
  private Optional<String> failure = Optional.empty();
  private ActorRef<Flushed> flushed;

  /**
   * @param sink blueprint of what takes the reports; its value completes when all sinks have closed
   */
  public static Behavior<Command> create(
      Sink<Report, ? extends CompletionStage<Done>> sink,
      MetricsActorSettings settings,
      StepClock clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Duration interval = settings.systemReportInterval();
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, interval);
                  return new MetricsActor(context, sink, settings, clock);
                }));
  }

  private MetricsActor(
      ActorContext<Command> context,
      Sink<Report, ? extends CompletionStage<Done>> sink,
      MetricsActorSettings settings,
      StepClock clock) {
    super(context);
    this.clock = clock;
    queue = new ReportQueue(settings.queueSize(), settings.lockstep());
    Pair<SourceQueueWithComplete<Report>, ? extends CompletionStage<Done>> running =
        Source.<Report>queue(1, OverflowStrategy.backpressure())
            .toMat(sink, Keep.both())
            .run(context.getSystem());
    stream = running.first();
    context.pipeToSelf(running.second(), (done, cause) -> new StreamEnded(cause));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Record.class, this::onRecord)
        .onMessage(Offered.class, this::onOffered)
        .onMessage(Sync.class, this::onSync)
        .onMessage(Complete.class, this::onComplete)
        .onMessage(StreamEnded.class, this::onStreamEnded)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onRecord(Record message) {
    queue.add(message.report());
    return feed();
  }

  private Behavior<Command> onOffered(Offered message) {
    offering = false;
    return feed();
  }

  private Behavior<Command> onSync(Sync sync) {
    syncs.add(sync);
    return feed();
  }

  private Behavior<Command> onComplete(Complete complete) {
    flushed = complete.replyTo();
    return feed();
  }

  private Behavior<Command> onStreamEnded(StreamEnded message) {
    ended = true;
    if (message.failure() != null) {
      getContext().getLog().error("metrics stream failed: training goes on", message.failure());
      failure = Optional.of(message.failure().toString());
    }
    return feed();
  }

  private Behavior<Command> onReportDue() {
    Map<Metric, Double> values = new EnumMap<>(process.measure());
    values.put(Metric.QUEUE_DEPTH, (double) queue.size());
    values.put(Metric.QUEUE_DROPPED, (double) queue.dropped());
    String source = getContext().getSelf().path().name();
    queue.add(Report.of(source, clock.step(), values));
    return feed();
  }

  private Behavior<Command> onPostStop() {
    stream.complete();
    return this;
  }

  private Behavior<Command> feed() {
    if (ended) {
      queue.dropAll();
    } else if (!offering && queue.size() > 0) {
      offering = true;
      getContext()
          .pipeToSelf(stream.offer(queue.poll()), (result, cause) -> new Offered(cause));
    }
    if (ended || (!offering && queue.size() == 0)) {
      allTaken();
    }
    return this;
  }

  private void allTaken() {
    syncs.forEach(sync -> sync.replyTo().tell(new Synced()));
    syncs.clear();
    if (flushed != null && ended) {
      flushed.tell(new Flushed(queue.dropped(), failure));
      flushed = null;
    } else if (flushed != null) {
      stream.complete();
    }
  }
}
