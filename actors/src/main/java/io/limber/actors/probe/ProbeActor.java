package io.limber.actors.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.resource.Lease;
import io.limber.actors.resource.Resources;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Measures one task at a time on the native dispatcher. Whatever a probe throws is an answer, not a
 * failure of this actor.
 *
 * <p>Bounds: the coordinator gives a task only to an actor that has none; a measurement tells its
 * progress at most a hundred times.
 */
public final class ProbeActor extends AbstractBehavior<ProbeActor.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits Measure, Cancel, Opened, Done {}

  /** Measures; answered by {@link Measured} or {@link Failed}. */
  public record Measure(ProbeTask task) implements Command {}

  /** Ends a running measurement the next time that it tells its progress. */
  public enum Cancel implements Command {
    INSTANCE
  }

  private record Opened(Map<String, Integer> transitions, Throwable failure) implements Command {}

  private record Done(ProbeResult result, Throwable failure) implements Command {}

  /** What whoever measures, this actor or a node, tells the coordinator. */
  public sealed interface Event
      permits Ready, Unavailable, Progressed, Measured, Failed, Joined, Left {

    /** Number of whoever tells. */
    int index();
  }

  /** All probes are made and want so many transitions. */
  public record Ready(int index, Map<String, Integer> transitions) implements Event {}

  /** A probe cannot be made. */
  public record Unavailable(int index, String reason) implements Event {}

  /** The running measurement is done to this fraction. */
  public record Progressed(int index, double done) implements Event {}

  /** The task is done. */
  public record Measured(int index, ProbeResult result, double seconds) implements Event {}

  /** The task failed. */
  public record Failed(int index, String reason) implements Event {}

  /** Takes tasks besides those that were there from the start. */
  public record Joined(int index, ActorRef<Command> worker) implements Event {}

  /** Takes none any more, and will not answer. */
  public record Left(int index) implements Event {}

  private static final double PROGRESS_STEP = 0.01;

  private final int index;
  private final Lease<ProbeSet> lease;
  private final ActorRef<Event> coordinator;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private long startNanos;

  /**
   * @param index of this actor among its siblings
   * @param names probes to make at the start
   * @param kept takes what was measured
   */
  public static Behavior<Command> create(
      int index,
      Function<String, Probe> probes,
      List<String> names,
      KeptSnapshots kept,
      Resources resources,
      ActorRef<Event> coordinator) {
    return Behaviors.setup(
        context ->
            new ProbeActor(
                context,
                index,
                resources.open("probe actor " + index, () -> new ProbeSet(probes, names, kept)),
                coordinator));
  }

  private ProbeActor(
      ActorContext<Command> context,
      int index,
      Lease<ProbeSet> lease,
      ActorRef<Event> coordinator) {
    super(context);
    this.index = index;
    this.lease = lease;
    this.coordinator = coordinator;
    context.pipeToSelf(lease.use(ProbeSet::transitions), Opened::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Measure.class, this::onMeasure)
        .onMessage(Done.class, this::onDone)
        .onMessage(Opened.class, this::onOpened)
        .onMessageEquals(Cancel.INSTANCE, this::onCancel)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onOpened(Opened message) {
    coordinator.tell(
        message.failure() == null
            ? new Ready(index, message.transitions())
            : new Unavailable(index, Lease.cause(message.failure()).toString()));
    return this;
  }

  private Behavior<Command> onMeasure(Measure measure) {
    startNanos = System.nanoTime();
    cancelled.set(false);
    Probe.Progress progress = new Reporter();
    getContext()
        .pipeToSelf(lease.use(probes -> probes.measure(measure.task(), progress)), Done::new);
    return this;
  }

  private Behavior<Command> onDone(Done done) {
    if (done.failure() == null) {
      double seconds = (System.nanoTime() - startNanos) * 1.0e-9;
      coordinator.tell(new Measured(index, done.result(), seconds));
    } else {
      Throwable cause = Lease.cause(done.failure());
      getContext().getLog().warn("measurement failed", cause);
      coordinator.tell(new Failed(index, cause.toString()));
    }
    return this;
  }

  private Behavior<Command> onCancel() {
    cancelled.set(true);
    return this;
  }

  private Behavior<Command> onPostStop() {
    cancelled.set(true);
    lease.release();
    return this;
  }

  /** Called by the thread that measures: touches only what is safe to share. */
  private final class Reporter implements Probe.Progress {
    private double told;

    @Override
    public void at(double done) {
      if (cancelled.get()) {
        throw new CancellationException("the run is over");
      }
      if (done >= told + PROGRESS_STEP) {
        told = done;
        coordinator.tell(new Progressed(index, done));
      }
    }
  }
}
