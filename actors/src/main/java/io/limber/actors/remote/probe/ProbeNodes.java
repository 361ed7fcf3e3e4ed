package io.limber.actors.remote.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.probe.KeptSnapshots;
import io.limber.actors.probe.ProbeActor;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.References;
import io.limber.actors.remote.RemoteRun;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the probe nodes of the cluster to measure for a run, and offers each of their seats to the
 * run's coordinator as one more worker, for as long as it can be reached.
 *
 * <p>Bounds: one wish per node, told again until it is answered; a {@link RemoteProbe} per seat.
 */
public final class ProbeNodes extends AbstractBehavior<ProbeNodes.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits Listed, FromNode, Seen, RetellDue, ReportDue {}

  private record Listed(Receptionist.Listing listing) implements Command {}

  private record FromNode(ToRun message) implements Command {}

  private record Seen(RemoteProbe.State state) implements Command {}

  private enum RetellDue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /**
   * Whom it works for.
   *
   * @param kept takes what was measured
   * @param firstIndex number of the first worker that joins
   * @param events the coordinator
   * @param systemReportInterval wall-clock time between two of its reports
   */
  public record Neighbours(
      KeptSnapshots kept,
      int firstIndex,
      ActorRef<ProbeActor.Event> events,
      ActorRef<MetricsActor.Command> metrics,
      StepClock clock,
      Duration systemReportInterval) {}

  /** A node that was asked; without a host it has not answered yet. */
  private static final class Node {
    private ActorRef<?> host;
    private final Map<Integer, ActorRef<RemoteProbe.Command>> seats = new HashMap<>();
  }

  private final RemoteRun run;
  private final Neighbours neighbours;
  private final ToNode.Host wish;
  private final ActorRef<RemoteProbe.State> seen;
  private final Map<ActorRef<ToNode>, Node> nodes = new HashMap<>();
  private final Set<ActorRef<ToNode>> refusing = new HashSet<>();
  private final Map<Integer, RemoteProbe.State> states = new HashMap<>();
  private int nextIndex;
  private long losses;
  private double lastTransferSeconds;

  public static Behavior<Command> create(RemoteRun run, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new ProbeNodes(context, timers, run, neighbours)));
  }

  private ProbeNodes(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RemoteRun run,
      Neighbours neighbours) {
    super(context);
    this.run = run;
    this.neighbours = neighbours;
    nextIndex = neighbours.firstIndex();
    seen = context.messageAdapter(RemoteProbe.State.class, Seen::new);
    wish =
        new ToNode.Host(
            run.run(),
            1,
            run.config(),
            run.fingerprint(),
            References.of(context, context.getSelf()),
            References.of(context, context.messageAdapter(ToRun.class, FromNode::new)),
            "", // seats report to those who order
            List.of());
    timers.startTimerWithFixedDelay(RetellDue.INSTANCE, run.settings().resendAfter());
    timers.startTimerWithFixedDelay(ReportDue.INSTANCE, neighbours.systemReportInterval());
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                NodeActor.PROBE_NODES,
                context.messageAdapter(Receptionist.Listing.class, Listed::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Listed.class, this::onListed)
        .onMessage(FromNode.class, this::onFromNode)
        .onMessage(Seen.class, this::onSeen)
        .onMessageEquals(RetellDue.INSTANCE, this::onRetellDue)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  /** Listed are those that can be reached: one that is not is as good as dead until it is back. */
  private Behavior<Command> onListed(Listed message) {
    Set<ActorRef<ToNode>> there = message.listing().getServiceInstances(NodeActor.PROBE_NODES);
    refusing.retainAll(there);
    Set.copyOf(nodes.keySet()).stream().filter(node -> !there.contains(node)).forEach(this::lose);
    there.stream()
        .filter(node -> !refusing.contains(node) && !nodes.containsKey(node))
        .forEach(
            node -> {
              nodes.put(node, new Node());
              node.tell(wish);
            });
    return this;
  }

  private Behavior<Command> onFromNode(FromNode message) {
    ActorRef<ToNode> node = References.resolve(getContext(), message.message().node());
    if (!message.message().run().equals(run.run()) || !nodes.containsKey(node)) {
      return this;
    }
    if (message.message() instanceof ToRun.Seated seated) {
      seat(node, seated);
    } else if (message.message() instanceof ToRun.Refused refused) {
      getContext()
          .getLog()
          .warn("node {} measures nothing: {}", node.path().address(), refused.reason());
      refusing.add(node);
      lose(node);
    }
    return this;
  }

  private void seat(ActorRef<ToNode> reference, ToRun.Seated seated) {
    ActorRef<?> host = References.resolve(getContext(), seated.host());
    Node node = nodes.get(reference);
    if (host.equals(node.host)) {
      return; // told twice
    }
    leave(node);
    node.host = host;
    getContext().watch(host);
    getContext()
        .getLog()
        .info("node {} measures, {} at a time", reference.path().address(), seated.seats().size());
    for (String seat : seated.seats()) {
      int index = nextIndex++;
      // Not restarted: what it was waiting for would be lost; its end is told to the coordinator.
      ActorRef<RemoteProbe.Command> probe =
          getContext()
              .spawn(
                  RemoteProbe.create(
                      index,
                      References.resolve(getContext(), seat),
                      run.settings(),
                      new RemoteProbe.Neighbours(neighbours.kept(), neighbours.events(), seen)),
                  "probe-" + index);
      getContext().watch(probe);
      node.seats.put(index, probe);
    }
  }

  private void lose(ActorRef<ToNode> node) {
    leave(nodes.remove(node));
  }

  /** The ends of its seats are told when they have come, so that nothing follows them. */
  private void leave(Node node) {
    node.seats.values().forEach(getContext()::stop);
    if (node.host != null) {
      getContext().unwatch(node.host);
      node.host = null;
    }
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    for (Node node : nodes.values()) {
      if (signal.getRef().equals(node.host)) {
        leave(node);
      }
    }
    String name = signal.getRef().path().name();
    if (signal.getRef().path().parent().equals(getContext().getSelf().path())) {
      int index = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
      nodes.values().forEach(node -> node.seats.remove(index));
      RemoteProbe.State last = states.remove(index);
      losses += last != null && last.stage() != RemoteProbe.Stage.IDLE ? 1 : 0;
      neighbours.events().tell(new ProbeActor.Left(index));
    }
    return this;
  }

  private Behavior<Command> onSeen(Seen message) {
    states.put(message.state().index(), message.state());
    message.state().transferSeconds().ifPresent(seconds -> lastTransferSeconds = seconds);
    return this;
  }

  private Behavior<Command> onRetellDue() {
    nodes.forEach(
        (reference, node) -> {
          if (node.host == null) {
            reference.tell(wish);
          }
        });
    return this;
  }

  private Behavior<Command> onReportDue() {
    long measuring = nodes.values().stream().filter(node -> node.host != null).count();
    long waiting =
        states.values().stream().filter(s -> s.stage() == RemoteProbe.Stage.WAITING).count();
    Map<Metric, Double> values =
        Map.of(
            Metric.CLUSTER_PROBE_NODES, (double) measuring,
            Metric.CLUSTER_PROBES_WAITING, (double) waiting,
            Metric.CLUSTER_PROBE_LOSSES, (double) losses,
            Metric.CLUSTER_PROBE_TRANSFER_TIME, lastTransferSeconds);
    Report report = Report.of("probe-nodes-0", neighbours.clock().step(), values);
    neighbours.metrics().tell(new MetricsActor.Record(report));
    return this;
  }

  private Behavior<Command> onPostStop() {
    nodes.keySet().forEach(node -> node.tell(new ToNode.Release(run.run())));
    return this;
  }
}
