package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.protos.OutgoingSnapshot;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;
import java.time.Duration;
import java.util.Map;

/**
 * Brings a board's newest snapshot to one node. A transfer under way is finished, or a slow node
 * would never get any; then the newest follows, and those between are skipped.
 *
 * <p>Bounds: one transfer, no more than its window of pieces ahead of the receiver.
 */
public final class SnapshotSender extends AbstractBehavior<SnapshotSender.Command> {

  /** What this actor accepts: answers and ticks only; it is stopped by whoever spawned it. */
  public sealed interface Command permits Published, FromReceiver, RestartDue, ReportDue {}

  private record Published(ParameterSnapshot snapshot) implements Command {}

  private record FromReceiver(ToSender message) implements Command {}

  private enum RestartDue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /**
   * What does not change.
   *
   * @param source who reports, for instance {@code snapshots-to-node-2}
   * @param window pieces on their way
   * @param restartAfter silence after which a transfer begins again
   */
  public record Plan(
      String source,
      int window,
      Duration restartAfter,
      StepClock clock,
      Duration systemReportInterval) {}

  /** Whom it talks to. */
  public record Neighbours(
      ActorRef<ParameterBoard.Command> board,
      ActorRef<ToReceiver> receiver,
      ActorRef<MetricsActor.Command> metrics) {}

  private final Plan plan;
  private final Neighbours neighbours;
  private final ActorRef<ParameterBoard.Published> published;
  private final Transfer transfer;
  private long newer;
  private long startNanos;
  private long lastNanos;
  private long arrived;
  private long restarts;

  public static Behavior<Command> create(Plan plan, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(RestartDue.INSTANCE, plan.restartAfter());
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, plan.systemReportInterval());
                  return new SnapshotSender(context, plan, neighbours);
                }));
  }

  private SnapshotSender(ActorContext<Command> context, Plan plan, Neighbours neighbours) {
    super(context);
    this.plan = plan;
    this.neighbours = neighbours;
    published =
        context.messageAdapter(
            ParameterBoard.Published.class, board -> new Published(board.snapshot()));
    String self = References.of(context, context.messageAdapter(ToSender.class, FromReceiver::new));
    transfer = new Transfer(neighbours.receiver(), self, plan.window());
    neighbours.board().tell(new ParameterBoard.Fetch(0, published));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Published.class, this::onPublished)
        .onMessage(FromReceiver.class, this::onFromReceiver)
        .onMessageEquals(RestartDue.INSTANCE, this::onRestartDue)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .build();
  }

  private Behavior<Command> onPublished(Published message) {
    startNanos = System.nanoTime();
    newer = message.snapshot().step() + 1;
    transfer.begin(new OutgoingSnapshot(message.snapshot()));
    return this;
  }

  private Behavior<Command> onFromReceiver(FromReceiver message) {
    if (transfer.arrived(message.message())) {
      arrived++;
      lastNanos = System.nanoTime() - startNanos;
      neighbours.board().tell(new ParameterBoard.Fetch(newer, published));
    }
    return this;
  }

  private Behavior<Command> onRestartDue() {
    restarts += transfer.restartIfSilent() ? 1 : 0;
    return this;
  }

  private Behavior<Command> onReportDue() {
    Map<Metric, Double> values =
        Map.of(
            Metric.CLUSTER_SNAPSHOTS, (double) arrived,
            Metric.CLUSTER_SNAPSHOT_RESTARTS, (double) restarts,
            Metric.CLUSTER_SNAPSHOT_TIME, lastNanos * 1.0e-9);
    neighbours
        .metrics()
        .tell(new MetricsActor.Record(Report.of(plan.source(), plan.clock().step(), values)));
    return this;
  }
}
