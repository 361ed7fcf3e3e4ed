package io.limber.app.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.RemoteRun;
import io.limber.actors.remote.ReplayPlace;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.HostPort;
import io.limber.app.config.MembershipSettings;
import io.limber.app.run.RunConsole;
import io.limber.app.run.RunHost;
import io.limber.app.run.Task;
import io.limber.core.config.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A run whose environments act on nodes, and whose probes and replay may be there. */
public final class ClusterHost implements RunHost {

  private final MembershipSettings membership;
  private final ClusterSettings settings;
  private final RunConsole console;

  /**
   * @throws io.limber.core.config.InvalidSettingException if a setting cannot work with nodes
   */
  public ClusterHost(EffectiveConfig config, RunConsole console) {
    Section limber = config.limber();
    Section run = limber.section("run");
    String mode = run.string("mode");
    run.require(
        mode.equals("async"),
        "mode",
        mode,
        "be async with nodes: in which order their messages come is a matter of chance");
    membership = MembershipSettings.from(limber);
    settings = ClusterSettings.from(limber);
    this.console = console;
    ClusterConfig.of(
        config, membership, List.of(Membership.RUN)); // refuses before anything is made
  }

  @Override
  public String system() {
    return Membership.SYSTEM;
  }

  @Override
  public Config config(EffectiveConfig config) {
    return ClusterConfig.of(config, membership, List.of(Membership.RUN));
  }

  @Override
  public Optional<RemoteRun> remote(EffectiveConfig config, Task task) {
    String run = UUID.randomUUID().toString();
    String fingerprint = Fingerprint.of(task.images()).text();
    return Optional.of(new RemoteRun(run, config.renderLimber(), fingerprint, settings));
  }

  @Override
  public void started(ActorSystem<?> system) {
    HostPort self = Membership.enter(system, membership);
    // not restarted: without it the resolver decides
    system.systemActorOf(LostNodes.create(membership.downAfter()), "lost-nodes", Props.empty());
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("listens at", self.toString());
    rows.put(
        "waits for",
        settings.waitForEnvironments() + " of: limber node --role environment --join " + self);
    rows.put(
        "probes",
        switch (settings.probes()) {
          case LOCAL -> "here";
          case AUTO -> "here, or on any: limber node --role probe --join " + self;
          case REMOTE -> "on: limber node --role probe --join " + self;
        });
    if (settings.replay() == ReplayPlace.REMOTE) {
      rows.put("and for", "1 of: limber node --role replay --join " + self);
    }
    console.table("cluster", rows);
  }
}
