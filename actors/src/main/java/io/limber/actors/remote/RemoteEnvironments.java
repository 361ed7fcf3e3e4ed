package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.serialization.PeerMessage;
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
import java.util.stream.IntStream;

/**
 * Places a run's environment actors on the environment nodes of the cluster, and places them anew
 * when a node dies, leaves, refuses or joins. While there is no node it waits for one.
 *
 * <p>Bounds: one wish per node, told again until it is fulfilled; an {@link EnvironmentInlet} per
 * environment; a {@link SnapshotSender} per node.
 */
public final class RemoteEnvironments extends AbstractBehavior<RemoteEnvironments.Command> {

  /** What this actor accepts: answers and ticks only; it is stopped by whoever spawned it. */
  public sealed interface Command
      permits Listed, FromNode, Reported, Vacant, ArrangeDue, RetellDue, ReportDue {}

  private record Listed(Receptionist.Listing listing) implements Command {}

  private record FromNode(ToRun message) implements Command {}

  private record Reported(PeerMessage.Reported message) implements Command {}

  private record Vacant(EnvironmentInlet.Vacant message) implements Command {}

  private enum ArrangeDue implements Command {
    INSTANCE
  }

  private enum RetellDue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /**
   * Whom it works for.
   *
   * @param systemReportInterval wall-clock time between two of its reports
   */
  public record Neighbours(
      ActorRef<ReplayActor.Command> replay,
      ActorRef<ParameterBoard.Command> board,
      ActorRef<MetricsActor.Command> metrics,
      StepClock clock,
      Duration systemReportInterval) {}

  private final RemoteRun run;
  private final HostedSettings settings;
  private final Neighbours neighbours;
  private final TimerScheduler<Command> timers;
  private final NodeLinks links;
  private final Placements<ActorRef<ToNode>> placements;
  private final Map<String, ActorRef<EnvironmentInlet.Command>> inlets = new HashMap<>();
  private final Map<String, String> entrances = new HashMap<>();
  private final Set<ActorRef<ToNode>> refusing = new HashSet<>();
  private final ActorRef<EnvironmentInlet.Vacant> vacant;
  private boolean started;

  public static Behavior<Command> create(
      RemoteRun run, HostedSettings settings, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RemoteEnvironments(context, timers, run, settings, neighbours)));
  }

  private RemoteEnvironments(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RemoteRun run,
      HostedSettings settings,
      Neighbours neighbours) {
    super(context);
    this.timers = timers;
    this.run = run;
    this.settings = settings;
    this.neighbours = neighbours;
    vacant = context.messageAdapter(EnvironmentInlet.Vacant.class, Vacant::new);
    links =
        new NodeLinks(
            context,
            run,
            neighbours,
            References.of(context, context.messageAdapter(ToRun.class, FromNode::new)),
            References.of(
                context, context.messageAdapter(PeerMessage.Reported.class, Reported::new)));
    List<String> names =
        IntStream.range(0, settings.environments().actors())
            .mapToObj(i -> "environment-" + i)
            .toList();
    placements =
        new Placements<>(
            names, settings.environments().minBackoff(), settings.environments().maxBackoff());
    names.forEach(this::spawnInlet);
    names.forEach(this::vacate);
    startTimers();
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                NodeActor.ENVIRONMENT_NODES,
                context.messageAdapter(Receptionist.Listing.class, Listed::new)));
  }

  private void spawnInlet(String environment) {
    EnvironmentInlet.Plan plan =
        new EnvironmentInlet.Plan(
            environment,
            settings.spec(),
            settings.window(),
            settings.blocks().rows(),
            settings.environments().perActor(),
            neighbours.clock(),
            neighbours.systemReportInterval());
    // Not restarted: a fresh one would not know what has come before. Its failure fails the run.
    inlets.put(
        environment,
        getContext()
            .spawn(
                EnvironmentInlet.create(plan, neighbours.replay(), neighbours.metrics()),
                "inlet-of-" + environment));
    getContext().watch(inlets.get(environment));
  }

  private void startTimers() {
    timers.startTimerWithFixedDelay(RetellDue.INSTANCE, run.settings().resendAfter());
    timers.startTimerWithFixedDelay(ReportDue.INSTANCE, neighbours.systemReportInterval());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Listed.class, this::onListed)
        .onMessage(FromNode.class, this::onFromNode)
        .onMessage(Reported.class, this::onReported)
        .onMessage(Vacant.class, this::onVacant)
        .onMessageEquals(ArrangeDue.INSTANCE, this::arrange)
        .onMessageEquals(RetellDue.INSTANCE, this::onRetellDue)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  /** Listed are those that can be reached: one that is not is as good as dead until it is back. */
  private Behavior<Command> onListed(Listed message) {
    Set<ActorRef<ToNode>> there =
        message.listing().getServiceInstances(NodeActor.ENVIRONMENT_NODES);
    refusing.retainAll(there);
    placements.nodes().stream().filter(node -> !there.contains(node)).forEach(this::lose);
    there.stream()
        .filter(node -> !refusing.contains(node) && !placements.nodes().contains(node))
        .forEach(this::welcome);
    started |= placements.nodes().size() >= run.settings().waitForEnvironments();
    return arrange();
  }

  private void welcome(ActorRef<ToNode> node) {
    getContext().getLog().info("environments may be placed on {}", node.path().address());
    placements.join(node);
    links.add(node);
  }

  private void lose(ActorRef<ToNode> node) {
    List<String> lost = placements.leave(node, System.nanoTime());
    getContext().getLog().warn("node {} is lost, and with it {}", node.path().address(), lost);
    links.remove(node);
    lost.forEach(this::vacate);
  }

  private Behavior<Command> onFromNode(FromNode message) {
    ToRun from = message.message();
    ActorRef<ToNode> node = References.resolve(getContext(), from.node());
    if (!from.run().equals(run.run()) || !placements.nodes().contains(node)) {
      return this;
    }
    if (from instanceof ToRun.Hosting hosting) {
      links.fulfilled(node, hosting);
    } else if (from instanceof ToRun.Lost lost) {
      onLost(lost);
    } else {
      onRefused(node, ((ToRun.Refused) from).reason());
    }
    return arrange();
  }

  private void onLost(ToRun.Lost lost) {
    if (inlets.containsKey(lost.environment())
        && placements.lost(lost.environment(), lost.placement(), System.nanoTime())) {
      getContext().getLog().warn("{} was given up on its node", lost.environment());
      vacate(lost.environment());
    }
  }

  private void onRefused(ActorRef<ToNode> node, String reason) {
    getContext().getLog().warn("node {} refuses: {}", node.path().address(), reason);
    refusing.add(node);
    lose(node);
  }

  private Behavior<Command> onReported(Reported message) {
    neighbours.metrics().tell(new MetricsActor.Record(message.message().report()));
    return this;
  }

  private Behavior<Command> onVacant(Vacant message) {
    entrances.put(message.message().environment(), message.message().entrance());
    placements.vacated(message.message().environment(), message.message().steps());
    return arrange();
  }

  private Behavior<Command> onRetellDue() {
    placements.nodes().stream().filter(links::waits).forEach(this::tell);
    return this;
  }

  private Behavior<Command> onReportDue() {
    Map<Metric, Double> values =
        Map.of(
            Metric.CLUSTER_NODES, (double) placements.nodes().size(),
            Metric.CLUSTER_PLACED, (double) placements.placed(),
            Metric.CLUSTER_LOSSES, (double) placements.losses());
    Report report = Report.of("environments-0", neighbours.clock().step(), values);
    neighbours.metrics().tell(new MetricsActor.Record(report));
    return this;
  }

  private Behavior<Command> onPostStop() {
    placements.nodes().forEach(node -> node.tell(new ToNode.Release(run.run())));
    return this;
  }

  /** Places what can be placed now, and comes back when more can be. */
  private Behavior<Command> arrange() {
    if (!started) {
      return this;
    }
    long now = System.nanoTime();
    placements.place(now).forEach(this::change);
    placements
        .rebalance()
        .ifPresent(
            move -> {
              vacate(move.environment());
              change(move.from());
            });
    placements
        .nextNanos()
        .ifPresent(
            at ->
                timers.startSingleTimer(
                    ArrangeDue.INSTANCE, Duration.ofNanos(Math.max(1_000_000, at - now))));
    return this;
  }

  private void change(ActorRef<ToNode> node) {
    links.change(node);
    tell(node);
  }

  private void tell(ActorRef<ToNode> node) {
    links.tell(
        node,
        placements.on(node).stream()
            .map(
                placed ->
                    new ToNode.Place(
                        placed.environment(),
                        placed.placement(),
                        placed.steps(),
                        entrances.get(placed.environment())))
            .toList());
  }

  private void vacate(String environment) {
    inlets
        .get(environment)
        .tell(new EnvironmentInlet.Vacate(placements.nextPlacement(environment), vacant));
  }
}
