package io.limber.app.cluster;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.limber.actors.remote.ReplayNode;
import io.limber.actors.remote.probe.ProbeNode;
import io.limber.app.batch.Devices;
import io.limber.app.batch.TrainingCells;
import io.limber.app.batch.remote.AgentNodeMeans;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.HostPort;
import io.limber.app.config.MembershipSettings;
import io.limber.app.config.NodeSettings;
import io.limber.app.run.AgentSource;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunConsole;
import io.limber.app.run.Signals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A node from its start to its end by a signal. Whenever the cluster is lost, it joins again; what
 * it hosted is void then. Blocks its thread; use it once.
 */
public final class NodeRun {

  /** Role of a node that hosts environments. */
  public static final String ENVIRONMENT = "environment";

  /** Role of a node that keeps replay tables of runs. */
  public static final String REPLAY = "replay";

  /** Role of a node that measures for runs. */
  public static final String PROBE = "probe";

  /** Role of a node that trains agents, each on a device. */
  public static final String LEARNER = "learner";

  private final EffectiveConfig config;
  private final MembershipSettings membership;
  private final NodeSettings settings;
  private final List<String> roles;
  private final Config akka;
  private final AgentSource agents;
  private final RunConsole console;
  private final OptionalInt atOnce;

  /**
   * @param roles what it hosts
   * @param atOnce agents at a time; empty for as many as cores and memory allow
   * @throws io.limber.app.config.InvalidConfigException if a setting cannot work
   */
  public NodeRun(
      EffectiveConfig config,
      List<String> roles,
      AgentSource agents,
      OptionalInt atOnce,
      RunConsole console) {
    this.atOnce = atOnce;
    this.config = config;
    this.roles = List.copyOf(roles);
    this.agents = agents;
    this.console = console;
    membership = MembershipSettings.from(config.limber());
    settings = NodeSettings.from(config.limber());
    akka = ClusterConfig.of(config, membership, roles);
  }

  /**
   * Hosts what runs wish until {@code stop} completes; then it leaves the cluster.
   *
   * @return by which signal it ended
   */
  public Outcome run(CompletableFuture<Signals.Signal> stop) {
    boolean first = true;
    while (!stop.isDone()) {
      ActorSystem<NodeRoot.Command> system = start();
      HostPort self = Membership.enter(system, membership);
      if (first) {
        console.table("limber node", rows(self));
      }
      first = false;
      stop.thenRun(() -> system.tell(NodeRoot.Leave.INSTANCE));
      system.getWhenTerminated().toCompletableFuture().join();
    }
    return Outcome.of(stop.join());
  }

  private ActorSystem<NodeRoot.Command> start() {
    return ActorSystem.create(
        NodeRoot.create(guests(), membership.join(), this::say), Membership.SYSTEM, akka);
  }

  /** What it offers, by its roles. */
  private NodeGuests guests() {
    NodeRuns runs = new NodeRuns(config, agents, this::say);
    return new NodeGuests(
        ifHosted(ENVIRONMENT, () -> runs),
        ifHosted(PROBE, () -> ProbeNode.create(runs, settings.probesAtOnce())),
        ifHosted(
            REPLAY,
            () ->
                ReplayNode.create(
                    new NodeReplays(config, this::say), settings.handoverLimit(), this::say)),
        ifHosted(LEARNER, this::learners));
  }

  private <T> Optional<T> ifHosted(String role, Supplier<T> guest) {
    return roles.contains(role) ? Optional.of(guest.get()) : Optional.empty();
  }

  private AgentNodeMeans learners() {
    return new AgentNodeMeans(
        new TrainingCells(agents),
        config::ofRun,
        Fingerprint.programOf(),
        Devices.of(config),
        atOnce,
        this::say);
  }

  private Map<String, String> rows(HostPort self) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("hosts", String.join(", ", roles));
    if (roles.contains(LEARNER)) {
      rows.put("devices", Devices.of(config).text());
    }
    if (roles.contains(PROBE)) {
      rows.put("measures", settings.probesAtOnce() + " at a time");
    }
    rows.put("listens at", self.toString());
    rows.put(
        "joins",
        membership.join().isEmpty()
            ? "nobody: others may join it"
            : String.join(" or ", membership.join().stream().map(HostPort::toString).toList()));
    membership.health().ifPresent(health -> rows.put("health", "http://" + health + "/ready"));
    return rows;
  }

  private void say(String line) {
    synchronized (console.out()) {
      console.out().println("node: " + line);
      console.out().flush();
    }
  }
}
