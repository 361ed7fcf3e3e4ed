package io.limber.actors.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.resource.Lease;
import io.limber.actors.resource.Resources;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Measures one task at a time on the native dispatcher. Whatever a probe throws is an answer, not a
 * failure of this actor. Should the actor itself fail, it starts anew with probes of its own, and
 * what it was measuring counts as failed; one that fails again and again ends.
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

  private record Opened(Lease<ProbeSet> lease, Map<String, Integer> transitions, Throwable failure)
      implements Command {}

  private record Done(Lease<ProbeSet> lease, ProbeResult result, Throwable failure)
      implements Command {}

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

  /** More than these within their time are no accident. */
  private static final int RESTARTS = 3;

  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(1);

  private final int index;
  private final Lease<ProbeSet> lease;
  private final ActorRef<Event> coordinator;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private ProbeTask task; // null when there is none
  private boolean opened;
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
    Behavior<Command> behavior =
        Behaviors.setup(
            context ->
                new ProbeActor(
                    context,
                    index,
                    resources.open("probe actor " + index, () -> new ProbeSet(probes, names, kept)),
                    coordinator));
    return Behaviors.supervise(behavior)
        .onFailure(SupervisorStrategy.restart().withLimit(RESTARTS, RESTARTS_WITHIN));
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
    context.pipeToSelf(
        lease.use(ProbeSet::transitions),
        (transitions, failure) -> new Opened(lease, transitions, failure));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Measure.class, this::onMeasure)
        .onMessage(Done.class, this::onDone)
        .onMessage(Opened.class, this::onOpened)
        .onMessageEquals(Cancel.INSTANCE, this::onCancel)
        .onSignal(PreRestart.class, signal -> onPreRestart())
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onOpened(Opened message) {
    if (message.lease() != lease) {
      return this; // of an incarnation before this one
    }
    opened = true;
    if (task != null) {
      begin();
    }
    coordinator.tell(
        message.failure() == null
            ? new Ready(index, message.transitions())
            : new Unavailable(index, Lease.cause(message.failure()).toString()));
    return this;
  }

  private Behavior<Command> onMeasure(Measure measure) {
    task = measure.task();
    cancelled.set(false);
    if (opened) { // else it was just restarted
      begin();
    }
    return this;
  }

  private void begin() {
    startNanos = System.nanoTime();
    ProbeTask toMeasure = task;
    Probe.Progress progress = new Reporter();
    getContext()
        .pipeToSelf(
            lease.use(probes -> probes.measure(toMeasure, progress)),
            (result, failure) -> new Done(lease, result, failure));
  }

  private Behavior<Command> onDone(Done done) {
    if (done.lease() != lease) {
      return this;
    }
    if (done.failure() == null) {
      double seconds = (System.nanoTime() - startNanos) * 1.0e-9;
      coordinator.tell(new Measured(index, done.result(), seconds));
    } else {
      Throwable cause = Lease.cause(done.failure());
      getContext().getLog().warn("measurement failed", cause);
      coordinator.tell(new Failed(index, cause.toString()));
    }
    task = null; // told: it would be told again if this actor failed before
    return this;
  }

  private Behavior<Command> onCancel() {
    cancelled.set(true);
    return this;
  }

  private Behavior<Command> onPreRestart() {
    if (task != null) {
      coordinator.tell(new Failed(index, "the probe actor itself failed and starts anew"));
    }
    return onPostStop();
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
