package io.limber.actors.environment;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.metrics.Metric;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeEnvironment;
import io.limber.testkit.FakeParameters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches of 4, a snapshot every 5 updates, a report every 10. */
class EnvironmentActorTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final AtomicInteger SPAWNED = new AtomicInteger();

  private final ActorTestKit kit = AKKA.kit();
  private final TestProbe<ReplayActor.Command> replay = kit.createTestProbe();
  private final TestProbe<ParameterBoard.Command> board = kit.createTestProbe();
  private final TestProbe<MetricsActor.Command> metrics = kit.createTestProbe();
  private final FakeAgentFactory agent = new FakeAgentFactory(4, 5);
  private int failingStep = Integer.MAX_VALUE;

  private void spawn(boolean lockstep, int inFlight) {
    Duration hour = Duration.ofHours(1);
    kit.spawn(
        EnvironmentActor.create(
            new EnvironmentMeans(
                "environment-0",
                agent::createPolicy,
                random -> new FakeEnvironment(this::failAtStep),
                new ExplorationSettings(0, 0, 1),
                2,
                new RandomStreams(1),
                new TransitionSpec(1),
                Resources.of(kit.system())),
            new EnvironmentPlan(lockstep, inFlight, 4, 5, 10, hour),
            new EnvironmentActorSettings(
                1, 2, inFlight, Duration.ofMillis(1), Duration.ofMillis(2), 3),
            new EnvironmentActor.Neighbours(replay.getRef(), board.getRef(), metrics.getRef())),
        "environment-" + SPAWNED.getAndIncrement());
  }

  private void failAtStep(int step) {
    if (step == failingStep) {
      failingStep = Integer.MAX_VALUE;
      throw new IllegalStateException("a broken environment");
    }
  }

  private void welcome(int epoch) {
    ReplayActor.Announce announce = replay.expectMessageClass(ReplayActor.Announce.class);
    assertThat(announce.epoch()).isEqualTo(epoch);
    announce.replyTo().tell(new ReplayActor.Welcomed(epoch, 0, 0));
  }

  private void publish(long atLeast, long step) {
    ParameterBoard.Fetch fetch = board.expectMessageClass(ParameterBoard.Fetch.class);
    assertThat(fetch.atLeast()).isEqualTo(atLeast);
    fetch.replyTo().tell(new ParameterBoard.Published(FakeParameters.snapshot(step, step)));
  }

  private ReplayActor.Insert insert() {
    ReplayActor.Insert insert = replay.expectMessageClass(ReplayActor.Insert.class);
    assertThat(insert.chunk().size()).isEqualTo(2);
    return insert;
  }

  private static void confirm(ReplayActor.Insert insert, long sampled) {
    insert.replyTo().tell(new ReplayActor.Inserted(insert.epoch(), insert.chunk(), 2, sampled));
  }

  @Test
  void actor_inLockstep_actsWithTheSnapshotThatTheDrawnSamplesCallFor() {
    spawn(true, 1);
    welcome(1);
    publish(0, 0);

    confirm(insert(), 4 * 13); // 13 updates drawn: the snapshot of step 10 must act

    publish(10, 10);
    insert();
    MetricsActor.Record report = metrics.expectMessageClass(MetricsActor.Record.class);
    assertThat(report.report().step()).isEqualTo(10);
    assertThat(report.report().measurements())
        .anySatisfy(
            m -> {
              assertThat(m.metric()).isEqualTo(Metric.ENVIRONMENT_POLICY_AGE);
              assertThat(m.value()).isEqualTo(3);
            });
  }

  @Test
  void actor_async_sendsItsChunksAndAsksForANewerSnapshot() {
    spawn(false, 2);
    welcome(1);
    publish(0, 7);

    ReplayActor.Insert first = insert();
    insert();
    publish(8, 9); // asked for once, ahead of time
    confirm(first, 0);

    insert();
  }

  @Test
  void actor_withManyChunksInFlight_fillsAQuarterOfThemAtOnceAndSendsThemAll() {
    spawn(false, 8);
    welcome(1);
    publish(0, 7);

    List<ReplayActor.Insert> inserts = Stream.generate(this::insert).limit(8).toList();

    assertThat(inserts).extracting(ReplayActor.Insert::chunk).doesNotHaveDuplicates();
    replay.expectNoMessage(Duration.ofMillis(50));
    confirm(inserts.get(0), 0);
    assertThat(insert().chunk()).isSameAs(inserts.get(0).chunk());
  }

  @Test
  void actor_whenALaterStepOfAGoThrows_hasSentWhatCameBefore() {
    failingStep = 1;
    spawn(false, 8);
    welcome(1);
    publish(0, 7);

    insert(); // the first step's, of two in a go

    assertThat(replay.expectMessageClass(ReplayActor.Announce.class).epoch()).isEqualTo(2);
  }

  @Test
  void actor_whenItsEnvironmentThrows_startsAnewAndIgnoresAnswersToItsFormerSelf() {
    failingStep = 1;
    spawn(true, 1);
    welcome(1);
    publish(0, 0);
    ReplayActor.Insert old = insert();
    confirm(old, 0); // the next step throws

    publish(0, 0);
    ReplayActor.Announce again = replay.expectMessageClass(ReplayActor.Announce.class);
    old.replyTo().tell(new ReplayActor.Inserted(old.epoch(), old.chunk(), 2, 4000));
    again.replyTo().tell(new ReplayActor.Welcomed(2, 2, 0));

    assertThat(insert().epoch()).isEqualTo(2); // with step 0, not the one for 4000 samples
    kit.createTestProbe().awaitAssert(() -> assertThat(agent.open()).isEqualTo(1));
  }
}
