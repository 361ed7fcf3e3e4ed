package io.limber.actors.replay;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import io.limber.actors.metrics.MetricsActor;
import io.limber.core.metrics.Metric;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Chunks of 2, batches of 4, 2 samples per insert: after 6 transitions a batch, then in turn. */
class ReplayActorTest {

  private static final TransitionSpec SPEC = new TransitionSpec(1);

  private final TestInbox<ReplayActor.WriterReply> writer = TestInbox.create();
  private final TestInbox<ReplayActor.Batch> learner = TestInbox.create();
  private final TestInbox<ReplayActor.Peeked> probe = TestInbox.create();
  private final TestInbox<MetricsActor.Command> metrics = TestInbox.create();
  private final ReplayTable table =
      ReplayTable.create(
          new ReplaySettings(20, 4, 2, 0, Optional.empty(), 2, 4), SPEC, new SeededRandom(1));
  private final BehaviorTestKit<ReplayActor.Command> replay = replay(true);

  private BehaviorTestKit<ReplayActor.Command> replay(boolean lockstep) {
    return BehaviorTestKit.create(
        ReplayActor.create(
            table, new ReplayActorSettings(lockstep, 2, 4, Duration.ofHours(1)), metrics.getRef()));
  }

  private Transitions insert(int epoch) {
    Transitions chunk = new Transitions(SPEC, 2);
    chunk.setSize(2);
    replay.run(new ReplayActor.Insert(chunk, epoch, writer.getRef()));
    return chunk;
  }

  private void fill() {
    insert(1);
    insert(1);
  }

  private void sample() {
    replay.run(new ReplayActor.Sample(new Transitions(SPEC, 4), learner.getRef()));
  }

  @Test
  void announce_toAnEmptyTable_isWelcomed() {
    replay.run(new ReplayActor.Announce(3, writer.getRef()));

    writer.expectMessage(new ReplayActor.Welcomed(3, 0, 0));
  }

  @Test
  void insert_whileTheLimiterAllowsMore_isConfirmedWithTheCounts() {
    Transitions chunk = insert(1);

    writer.expectMessage(new ReplayActor.Inserted(1, chunk, 2, 0));
  }

  @Test
  void insert_thatMakesABatchPossible_isConfirmedWhenThatIsDrawn() {
    fill();
    Transitions third = insert(1);
    writer.receiveMessage();
    writer.receiveMessage();
    assertThat(writer.hasMessages()).isFalse();

    sample();

    assertThat(learner.receiveMessage().transitions().size()).isEqualTo(4);
    writer.expectMessage(new ReplayActor.Inserted(1, third, 6, 4));
  }

  @Test
  void sample_whileFilling_waitsForTheMinimum() {
    sample();
    fill();
    assertThat(learner.hasMessages()).isFalse();

    insert(1);

    assertThat(learner.hasMessages()).isTrue();
  }

  @Test
  void insert_beyondWhatTheLimiterAllows_waitsItsTurn() {
    fill();
    insert(1);
    insert(1);
    assertThat(table.inserted()).isEqualTo(6);

    sample();

    assertThat(table.inserted()).isEqualTo(8);
  }

  @Test
  void announce_again_tellsWhatIsStoredAndGivesBackWhatWaitsOfTheFormerEpoch() {
    fill();
    insert(1);
    insert(1);
    writer.getAllReceived();

    replay.run(new ReplayActor.Announce(2, writer.getRef()));
    sample();

    assertThat(writer.receiveMessage())
        .isInstanceOfSatisfying(
            ReplayActor.Dropped.class, dropped -> assertThat(dropped.epoch()).isEqualTo(1));
    assertThat(writer.receiveMessage())
        .isInstanceOfSatisfying(
            ReplayActor.Inserted.class, stored -> assertThat(stored.epoch()).isEqualTo(1));
    writer.expectMessage(new ReplayActor.Welcomed(2, 6, 4));
    assertThat(writer.hasMessages()).isFalse();
    assertThat(table.inserted()).isEqualTo(6);
  }

  @Test
  void peek_inLockstep_waitsUntilTheNextBatchCouldBeDrawnAndIsNotCounted() {
    replay.run(new ReplayActor.Peek(9, new Transitions(SPEC, 3), 5L, probe.getRef()));
    fill();
    assertThat(probe.hasMessages()).isFalse();

    insert(1);

    ReplayActor.Peeked peeked = probe.receiveMessage();
    assertThat(peeked.id()).isEqualTo(9);
    assertThat(peeked.transitions().size()).isEqualTo(3);
    assertThat(table.sampled()).isZero();
  }

  @Test
  void peek_async_waitsForTheMinimumOnly() {
    BehaviorTestKit<ReplayActor.Command> async = replay(false);
    fill();
    insert(1);
    sample(); // the next batch cannot be drawn now

    async.run(new ReplayActor.Peek(1, new Transitions(SPEC, 3), 5L, probe.getRef()));

    assertThat(probe.hasMessages()).isTrue();
  }

  @Test
  void sample_thatReachesAReportStep_reportsTheTableBeforeTheBatchIsUsed() {
    fill();
    for (int i = 0; i < 3; i++) {
      insert(1);
      sample();
    }

    MetricsActor.Record first = (MetricsActor.Record) metrics.receiveMessage();
    assertThat(first.report().step()).isEqualTo(4);
    assertThat(first.report().measurements())
        .anySatisfy(
            m -> {
              assertThat(m.metric()).isEqualTo(Metric.REPLAY_SAMPLED);
              assertThat(m.value()).isEqualTo(8);
            });
    assertThat(metrics.hasMessages()).isFalse();
  }
}
