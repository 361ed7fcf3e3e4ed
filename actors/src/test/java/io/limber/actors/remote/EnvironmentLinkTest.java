package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.actors.environment.EnvironmentActorSettings;
import io.limber.actors.environment.EnvironmentMeans;
import io.limber.actors.environment.EnvironmentPlan;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToUplink;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeParameters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uplink and inlet over a link that loses, repeats and reorders messages in both directions. */
class EnvironmentLinkTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int PER_ACTOR = 3;
  private static final TransitionSpec SPEC =
      new TransitionSpec(CountingEnvironment.OBSERVATION_BYTES);

  /** A chunk of three transitions takes two messages: two of 20 bytes fit beside the overhead. */
  private static final HostedSettings SETTINGS =
      new HostedSettings(
          new EnvironmentPlan(false, 2, 4, 5, 10, HOUR),
          new EnvironmentActorSettings(
              1, PER_ACTOR, 2, Duration.ofMillis(1), Duration.ofMillis(2), 3),
          SPEC,
          new ClusterSettings(
              1,
              Duration.ofMillis(10),
              2,
              256 + 59,
              Duration.ofMillis(2),
              4,
              1 << 20,
              ProbePlace.LOCAL,
              ReplayPlace.LOCAL,
              4));

  private final ActorTestKit kit = AKKA.kit();
  private final List<Integer> stored = new CopyOnWriteArrayList<>();
  private final AtomicInteger counter = new AtomicInteger();
  private final FakeAgentFactory agent = new FakeAgentFactory(4, 5);
  private final TestProbe<MetricsActor.Command> metrics = kit.createTestProbe();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void link_thatLosesRepeatsAndReorders_storesEachTransitionOnceAndInOrder(long seed) {
    Lossy lossy = new Lossy(new SeededRandom(seed));
    ActorRef<EnvironmentInlet.Command> inlet = inlet();
    ActorRef<ToInlet> entrance = lossy.before(entrance(inlet, 1));

    ActorRef<EnvironmentUplink.Command> uplink = uplink(1, entrance);

    awaitStored(1500);
    kit.stop(uplink);
    // every observation is the next number: any loss, repetition or exchange would show
    List<Integer> seen = List.copyOf(stored);
    assertThat(seen).isEqualTo(IntStream.range(0, seen.size()).boxed().toList());
    assertThat(lossy.lost.get()).isPositive();
    assertThat(lossy.repeated.get()).isPositive();
    assertThat(lossy.overtaken.get()).isPositive();
  }

  @Test
  void inlet_afterTheEnvironmentHasMoved_takesNothingOfItsEarlierNode() {
    ActorRef<EnvironmentInlet.Command> inlet = inlet();
    uplink(1, entrance(inlet, 1)); // stays, as one does that is behind a partition
    awaitStored(60);

    ActorRef<ToInlet> entrance = entrance(inlet, 2);
    int before = counter.get();
    ActorRef<EnvironmentUplink.Command> moved = uplink(2, entrance);
    awaitStored(before + 600);
    kit.stop(moved);

    assertThat(stored).doesNotHaveDuplicates();
  }

  private ActorRef<EnvironmentInlet.Command> inlet() {
    EnvironmentInlet.Plan plan =
        new EnvironmentInlet.Plan(
            "environment-0",
            SPEC,
            SETTINGS.window(),
            SETTINGS.blocks().rows(),
            SETTINGS.environments().perActor(),
            Optional.empty(),
            HOUR,
            SETTINGS.cluster(),
            new StepClock(),
            HOUR);
    return kit.spawn(EnvironmentInlet.create(plan, replay(), metrics.getRef()));
  }

  /** Stores at once, and forgets what it has when a writer starts anew. */
  private ActorRef<ReplayActor.Command> replay() {
    return kit.spawn(
        Behaviors.receive(ReplayActor.Command.class)
            .onMessage(
                ReplayActor.Announce.class,
                announce -> {
                  announce.replyTo().tell(new ReplayActor.Welcomed(announce.epoch(), 0, 0));
                  return Behaviors.same();
                })
            .onMessage(
                ReplayActor.Insert.class,
                insert -> {
                  store(insert.chunk());
                  insert
                      .replyTo()
                      .tell(new ReplayActor.Inserted(insert.epoch(), insert.chunk(), 0, 0));
                  return Behaviors.same();
                })
            .build());
  }

  private void store(Transitions chunk) {
    for (int i = 0; i < chunk.size(); i++) {
      stored.add(chunk.sTm1().getInt(i * Integer.BYTES));
    }
  }

  private ActorRef<ToInlet> entrance(ActorRef<EnvironmentInlet.Command> inlet, int nextPlacement) {
    TestProbe<EnvironmentInlet.Vacant> vacant = kit.createTestProbe();
    inlet.tell(new EnvironmentInlet.Vacate(nextPlacement, false, vacant.getRef()));
    return ActorRefResolver.get(kit.system()).resolveActorRef(vacant.receiveMessage().entrance());
  }

  private ActorRef<EnvironmentUplink.Command> uplink(int placement, ActorRef<ToInlet> entrance) {
    ActorRef<ParameterBoard.Command> board = kit.spawn(ParameterBoard.create());
    board.tell(new ParameterBoard.Publish(FakeParameters.snapshot(1, 1)));
    HostedRun run =
        new HostedRun(
            SETTINGS, this::means, new HostedProbes(agent::createProbe, List.of()), () -> {});
    return kit.spawn(
        EnvironmentUplink.create(
            run,
            new ToNode.Place("environment-0", placement, 0, reference(entrance), false),
            Resources.of(kit.system()),
            new EnvironmentUplink.Neighbours(board, metrics.getRef())));
  }

  private EnvironmentMeans means(
      String environment, Optional<SavedState> saved, Resources resources) {
    return new EnvironmentMeans(
        environment,
        agent::createPolicy,
        random -> new CountingEnvironment(counter),
        new ExplorationSettings(0, 0, 1),
        PER_ACTOR,
        new RandomStreams(1),
        SPEC,
        resources,
        saved);
  }

  private String reference(ActorRef<?> actor) {
    return ActorRefResolver.get(kit.system()).toSerializationFormat(actor);
  }

  private void awaitStored(int rows) {
    kit.createTestProbe()
        .awaitAssert(
            LIMIT,
            () -> {
              assertThat(stored).hasSizeGreaterThanOrEqualTo(rows);
              return null;
            });
  }

  /** Loses one message in ten, sends one in ten twice, and one in ten after the one behind it. */
  private final class Lossy {

    private final SeededRandom random;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger overtaken = new AtomicInteger();
    private final Map<ActorRef<?>, Runnable> late = new HashMap<>();

    private Lossy(SeededRandom random) {
      this.random = random;
    }

    private ActorRef<ToInlet> before(ActorRef<ToInlet> inlet) {
      return kit.spawn(
          Behaviors.receive(ToInlet.class)
              .onMessage(
                  ToInlet.class,
                  message -> {
                    pass(message instanceof ToInlet.Announce a ? answeredHere(a) : message, inlet);
                    return Behaviors.same();
                  })
              .build());
    }

    private ToInlet.Announce answeredHere(ToInlet.Announce announce) {
      ActorRef<ToUplink> uplink =
          ActorRefResolver.get(kit.system()).resolveActorRef(announce.uplink());
      ActorRef<ToUplink> back =
          kit.spawn(
              Behaviors.receive(ToUplink.class)
                  .onMessage(
                      ToUplink.class,
                      message -> {
                        pass(message, uplink);
                        return Behaviors.same();
                      })
                  .build());
      return new ToInlet.Announce(announce.epoch(), reference(back));
    }

    private synchronized <M> void pass(M message, ActorRef<M> to) {
      double dice = random.nextDouble();
      if (dice < 0.1) {
        lost.incrementAndGet();
        return;
      }
      if (dice < 0.2 && !late.containsKey(to)) {
        late.put(to, () -> to.tell(message));
        return;
      }
      to.tell(message);
      if (dice > 0.9) {
        repeated.incrementAndGet();
        to.tell(message);
      }
      Runnable before = late.remove(to);
      if (before != null) {
        overtaken.incrementAndGet();
        before.run();
      }
    }
  }
}
