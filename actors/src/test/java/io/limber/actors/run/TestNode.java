package io.limber.actors.run;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.Leave;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.actors.environment.EnvironmentMeans;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.HostedProbes;
import io.limber.actors.remote.HostedRun;
import io.limber.actors.remote.HostedSettings;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.UnhostableRunException;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.config.Section;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.state.SavedState;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An environment node in this process: an actor system of its own, over fakes. */
final class TestNode implements AutoCloseable {

  final FakeAgentFactory agent = new FakeAgentFactory(TestRun.BATCH_SIZE, TestRun.UPDATES_PER_CALL);
  final List<Started> started = new CopyOnWriteArrayList<>();
  final ActorTestKit kit;

  /** An environment actor that was started here, and what it goes on from. */
  record Started(String environment, Optional<SavedState> saved) {}

  private final EnvironmentFactory environments;

  private TestNode(ActorTestKit kit, EnvironmentFactory environments) {
    this.kit = kit;
    this.environments = environments;
  }

  /** A system that can be part of a cluster; the first one begins it by joining itself. */
  static ActorTestKit system(String role) {
    Config config =
        ConfigFactory.parseString(
                """
                akka.cluster.roles = [%s]
                # a node's death is noticed within this test's patience
                akka.cluster.failure-detector.acceptable-heartbeat-pause = 1s
                akka.cluster.split-brain-resolver.stable-after = 1s
                akka.cluster.down-removal-margin = 0s
                """
                    .formatted(role))
            .withFallback(ConfigFactory.parseResources("limber-cluster.conf"))
            .withFallback(ConfigFactory.load())
            .resolve();
    return ActorTestKit.create("limber", config);
  }

  static void join(ActorTestKit kit, ActorTestKit seed) {
    Cluster.get(kit.system())
        .manager()
        .tell(Join.create(Cluster.get(seed.system()).selfMember().address()));
  }

  static TestNode joining(ActorTestKit seed) {
    return joining(seed, random -> new FakeEnvironment(), "fingerprint");
  }

  static TestNode joining(ActorTestKit seed, EnvironmentFactory environments, String fingerprint) {
    TestNode node = new TestNode(system("environment"), environments);
    node.kit.spawn(
        NodeActor.create(
            (run, config, wanted) -> {
              if (!wanted.equals(fingerprint)) {
                throw new UnhostableRunException("fingerprint " + fingerprint + ", not " + wanted);
              }
              return node.open(config);
            }));
    join(node.kit, seed);
    return node;
  }

  private HostedRun open(String config) {
    Section limber = Section.of(ConfigFactory.parseString(config), "limber");
    RunSettings settings = RunSettings.from(limber, new UpdateShape(4, 5, 20));
    HostedSettings hosted =
        new HostedSettings(
            settings.environmentPlan(),
            settings.environments(),
            new TransitionSpec(1),
            ClusterSettings.from(limber));
    ExplorationSettings exploration = ExplorationSettings.from(limber);
    return new HostedRun(
        hosted,
        (environment, saved, own) -> means(settings, exploration, environment, saved, own),
        new HostedProbes(agent::createProbe, settings.probe().schedule().names()),
        () -> {});
  }

  private EnvironmentMeans means(
      RunSettings settings,
      ExplorationSettings exploration,
      String environment,
      Optional<SavedState> saved,
      Resources own) {
    started.add(new Started(environment, saved));
    return new EnvironmentMeans(
        environment,
        agent::createPolicy,
        environments,
        exploration,
        settings.environments().perActor(),
        new RandomStreams(7),
        new TransitionSpec(1),
        own,
        saved);
  }

  /** Leaves the cluster as a node that is shut down does. */
  void leave() {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Leave.create(cluster.selfMember().address()));
  }

  /** Ends at once, without a word to the others. */
  @Override
  public void close() {
    ActorTestKit.shutdown(kit.system(), Duration.ofSeconds(20));
  }
}
