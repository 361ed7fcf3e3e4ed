package io.limber.actors.probe;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.actors.environment.EnvironmentActorSettings;
import io.limber.actors.environment.EnvironmentPlan;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.HostedProbes;
import io.limber.actors.remote.HostedRun;
import io.limber.actors.remote.HostedSettings;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.ProbePlace;
import io.limber.actors.remote.RemoteRun;
import io.limber.actors.remote.ReplayPlace;
import io.limber.actors.remote.probe.ProbeNode;
import io.limber.actors.remote.probe.ProbeNodes;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeParameters;
import io.limber.testkit.FakeProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A coordinator, and a node that measures for it, in one actor system. */
class RemoteProbeTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final AtomicInteger SPAWNED = new AtomicInteger();

  /** A chunk of 128 KiB holds 16 of them, so that an order has several pieces. */
  private static final TransitionSpec SPEC = new TransitionSpec(4096);

  private static final int TRANSITIONS = 40;

  private final ActorTestKit kit = AKKA.kit();
  private final TestProbe<ReplayActor.Command> replay = kit.createTestProbe();
  private final TestProbe<Object> patience = kit.createTestProbe();
  private final TestProbe<ProbeEvent> run = kit.createTestProbe();
  private final TestProbe<ProbeCoordinator.GoOn> learner = kit.createTestProbe();
  private final TestProbe<ProbeCoordinator.Found> results = kit.createTestProbe();
  private final List<ActorRef<?>> spawned = new ArrayList<>();
  private final Map<Metric, Double> reported = new ConcurrentHashMap<>();
  private final List<Integer> local = new CopyOnWriteArrayList<>();
  private ActorRef<MetricsActor.Command> metrics;

  @BeforeEach
  void spawnMetrics() {
    metrics =
        kit.spawn(
            Behaviors.receiveMessage(
                message -> {
                  if (message instanceof MetricsActor.Record recorded) {
                    for (Measurement value : recorded.report().measurements()) {
                      reported.put(value.metric(), value.value());
                    }
                  }
                  return Behaviors.same();
                }));
  }

  @AfterEach
  void stopAll() {
    spawned.forEach(kit::stop);
    kit.stop(metrics);
  }

  @Test
  void measure_withANode_isMadeThereAndGivesWhatItGivesHere() {
    node(FakeProbe.Script.NOTHING, 1);
    ActorRef<ProbeCoordinator.Command> coordinator = coordinator(ProbePlace.AUTO);
    awaitNodes(1);

    double there = measured(coordinator, 10, 7);
    assertThat(local).isEmpty();

    ActorRef<ProbeCoordinator.Command> alone = coordinator(ProbePlace.LOCAL);
    double here = measured(alone, 10, 7);
    assertThat(local).containsExactly(10);
    assertThat(there).isEqualTo(here);
    assertThat(measured(alone, 20, 8)).isNotEqualTo(here); // other transitions, other numbers
    patience.awaitAssert(
        LIMIT, () -> assertThat(reported.get(Metric.CLUSTER_PROBE_TRANSFER_TIME)).isPositive());
  }

  @Test
  void measure_whoseNodeDies_isMadeHereAndTheLearnerNeverWaits() {
    Semaphore begun = new Semaphore(0);
    Semaphore never = new Semaphore(0);
    ActorRef<NodeActor.Command> node =
        node(
            (step, progress) -> {
              begun.release();
              never.acquireUninterruptibly();
            },
            1);
    ActorRef<ProbeCoordinator.Command> coordinator = coordinator(ProbePlace.AUTO);
    awaitNodes(1);
    handOver(coordinator, 10, 7);
    learner.expectMessage(new ProbeCoordinator.GoOn(10));
    begun.acquireUninterruptibly();

    kit.stop(node);

    assertThat(results.receiveMessage(LIMIT).measurements().get(0).step()).isEqualTo(10);
    assertThat(local).containsExactly(10);
    patience.awaitAssert(
        LIMIT,
        () -> {
          assertThat(reported.get(Metric.CLUSTER_PROBE_LOSSES)).isEqualTo(1.0);
          assertThat(reported.get(Metric.PROBE_RETRIED)).isEqualTo(1.0);
          return null;
        });
    never.release();
    coordinator.tell(new ProbeCoordinator.Finish(false));
    assertThat(run.expectMessageClass(ProbeEvent.Finished.class, LIMIT).tally())
        .isEqualTo(new ProbeTally(1, 0, 1, 0, 0));
  }

  @Test
  void measure_thatFailsOnTheOnlyNodeTwice_isGivenUpAndCounted() {
    AtomicInteger tries = new AtomicInteger();
    node(
        (step, progress) -> {
          tries.incrementAndGet();
          throw new ArithmeticException("a loss is not finite");
        },
        1);
    ActorRef<ProbeCoordinator.Command> coordinator = coordinator(ProbePlace.REMOTE);
    awaitNodes(1);
    handOver(coordinator, 10, 7);
    learner.expectMessage(new ProbeCoordinator.GoOn(10));
    coordinator.tell(new ProbeCoordinator.Finish(false));

    assertThat(run.expectMessageClass(ProbeEvent.Finished.class, LIMIT).tally())
        .isEqualTo(new ProbeTally(0, 0, 1, 1, 0));
    assertThat(tries).hasValue(2);
    assertThat(local).isEmpty();
  }

  @Test
  void measure_onNodesAlone_waitsForOne() {
    ActorRef<ProbeCoordinator.Command> coordinator = coordinator(ProbePlace.REMOTE);
    handOver(coordinator, 10, 7);
    learner.expectMessage(new ProbeCoordinator.GoOn(10));
    patience.awaitAssert(
        LIMIT, () -> assertThat(reported.get(Metric.PROBE_QUEUE_DEPTH)).isEqualTo(1.0));

    node(FakeProbe.Script.NOTHING, 1);

    assertThat(results.receiveMessage(LIMIT).measurements().get(0).step()).isEqualTo(10);
    assertThat(local).isEmpty();
  }

  @Test
  void orders_ofTwoRuns_takeTurnsOnANodeThatMeasuresOneAtATime() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore go = new Semaphore(0);
    node(
        (step, progress) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          go.acquireUninterruptibly();
          running.decrementAndGet();
        },
        1);
    ActorRef<ProbeCoordinator.Command> one = coordinator(ProbePlace.REMOTE);
    ActorRef<ProbeCoordinator.Command> two = coordinator(ProbePlace.REMOTE);
    handOver(one, 10, 7);
    handOver(two, 20, 7);
    patience.awaitAssert(
        LIMIT, () -> assertThat(reported.get(Metric.CLUSTER_PROBES_WAITING)).isEqualTo(1.0));

    go.release(2);

    assertThat(
            List.of(results.receiveMessage(LIMIT), results.receiveMessage(LIMIT)).stream()
                .map(found -> found.measurements().get(0).step()))
        .containsExactlyInAnyOrder(10L, 20L);
    assertThat(most).hasValue(1);
  }

  private Optional<OtherWorkers> others(int number, ProbePlace place) {
    RemoteRun remote = new RemoteRun("run-" + number, "", "", cluster(place));
    return Optional.of(
            new OtherWorkers(
                place == ProbePlace.REMOTE,
                (kept, first, events) ->
                    ProbeNodes.create(
                        remote,
                        new ProbeNodes.Neighbours(
                            kept, first, events, metrics, new StepClock(), INTERVAL))))
        .filter(nodes -> place != ProbePlace.LOCAL);
  }

  private double measured(ActorRef<ProbeCoordinator.Command> coordinator, long step, int fill) {
    handOver(coordinator, step, fill);
    return results.receiveMessage(LIMIT).measurements().get(0).value();
  }

  /** Hands over a snapshot and plays the replay actor. */
  private void handOver(ActorRef<ProbeCoordinator.Command> coordinator, long step, int fill) {
    coordinator.tell(
        new ProbeCoordinator.Measure(
            FakeParameters.agent(step, 1), List.of("alpha"), results.getRef(), learner.getRef()));
    ReplayActor.Peek peek = replay.expectMessageClass(ReplayActor.Peek.class, LIMIT);
    Transitions into = peek.into();
    into.setSize(into.capacity());
    for (int i = 0; i < into.size(); i++) {
      into.aTm1().putInt(i * Integer.BYTES, 0);
      into.rT().putFloat(i * Float.BYTES, 0);
      into.discountT().putFloat(i * Float.BYTES, 1);
    }
    for (int i = 0; i < into.size() * SPEC.observationBytes(); i++) {
      into.sT().put(i, (byte) (fill * i));
    }
    peek.replyTo().tell(new ReplayActor.Peeked(peek.id(), into));
  }

  private void awaitNodes(double nodes) {
    patience.awaitAssert(
        LIMIT, () -> assertThat(reported.get(Metric.CLUSTER_PROBE_NODES)).isEqualTo(nodes));
  }

  private static ClusterSettings cluster(ProbePlace place) {
    return new ClusterSettings(
        1,
        INTERVAL.multipliedBy(5),
        2,
        128 << 10,
        INTERVAL,
        4,
        1 << 20,
        place,
        ReplayPlace.LOCAL,
        4);
  }

  private static FakeAgentFactory agent(FakeProbe.Script script) {
    return new FakeAgentFactory(4, 5).withProbe("alpha", script).withProbeTransitions(TRANSITIONS);
  }

  private ActorRef<NodeActor.Command> node(FakeProbe.Script script, int atOnce) {
    HostedSettings settings =
        new HostedSettings(
            new EnvironmentPlan(false, 2, 4, 5, 10, INTERVAL),
            new EnvironmentActorSettings(1, 1, 2, INTERVAL, INTERVAL, 3),
            SPEC,
            cluster(ProbePlace.AUTO));
    ActorRef<NodeActor.Command> node =
        kit.spawn(
            ProbeNode.create(
                (run, config, fingerprint) ->
                    new HostedRun(
                        settings,
                        (environment, saved, resources) -> null,
                        new HostedProbes(agent(script)::createProbe, List.of("alpha")),
                        () -> {}),
                atOnce));
    spawned.add(node);
    return node;
  }

  private ActorRef<ProbeCoordinator.Command> coordinator(ProbePlace place) {
    int number = SPAWNED.getAndIncrement();
    ProbeSettings settings =
        new ProbeSettings(
            ProbeSchedule.every(Map.of("alpha", 10L)),
            ProbePolicy.SKIP,
            1,
            1,
            0,
            LIMIT,
            false,
            INTERVAL);
    ActorRef<ProbeCoordinator.Command> coordinator =
        kit.spawn(
            ProbeCoordinator.create(
                settings,
                new ProbeCoordinator.Means(
                    agent((step, progress) -> local.add((int) step))::createProbe,
                    SPEC,
                    TRANSITIONS,
                    new RandomStreams(1),
                    Path.of("none-is-kept"),
                    new StepClock(),
                    Resources.of(kit.system()),
                    Optional.empty(),
                    others(number, place)),
                new ProbeCoordinator.Neighbours(replay.getRef(), metrics, run.getRef())),
            "remote-probes-" + number);
    spawned.add(coordinator);
    return coordinator;
  }
}
