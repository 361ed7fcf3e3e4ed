package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.replay.ReplayActorSettings;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Retention;
import io.limber.core.checkpoint.Segment;
import io.limber.core.metrics.Metric;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.RowCopy;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.protos.wire.ToReplayRun;
import io.limber.testkit.AkkaTestKit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run's end and nodes in one actor system; every transition is the next number. */
class ReplayHandoverTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final int CHUNK = 4;
  private static final int IN_FLIGHT = 3;
  private static final TransitionSpec SPEC = new TransitionSpec(1);
  private static final int HEADER_BYTES = 64;

  /** Fewer rows than the writer makes, so that old ones are overwritten while they are copied. */
  private static final ReplaySettings TABLE =
      new ReplaySettings(2000, 8, 2.0, 100, Optional.empty(), CHUNK, 8);

  private static final ReplayActorSettings ACTOR = new ReplayActorSettings(false, 8, 10, OFTEN);
  private static final ClusterSettings CLUSTER =
      new ClusterSettings(
          1,
          OFTEN,
          IN_FLIGHT,
          1 << 10,
          Duration.ofMillis(2),
          4,
          1 << 20,
          ProbePlace.LOCAL,
          ReplayPlace.REMOTE,
          2);

  @TempDir private Path run;

  private final ActorTestKit kit = AKKA.kit();
  private final Map<Metric, Double> metrics = new ConcurrentHashMap<>();
  private final TestProbe<ReplayActor.SaveReply> saves = kit.createTestProbe();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger confirmed = new AtomicInteger();
  private CheckpointFolder checkpoints;
  private ActorRef<ReplayActor.Command> replay;
  private ActorRef<ReplayNode.Command> node;

  @BeforeEach
  void start() {
    checkpoints = new CheckpointFolder(run.resolve("checkpoints"));
    node = node(LIMIT);
    replay =
        kit.spawn(
            RemoteReplay.create(
                new RemoteReplayPlan(
                    new RemoteRun("run", "", "", CLUSTER),
                    SPEC,
                    TABLE,
                    ACTOR,
                    Optional.of(checkpoints),
                    Optional.empty()),
                kit.spawn(meter()),
                new StepClock()));
    kit.spawn(writer());
    kit.spawn(learner());
    awaitConfirmed(3000);
  }

  @AfterEach
  void stop() {
    kit.stop(replay);
    kit.stop(node);
  }

  @Test
  void table_handedOverAgainAndAgainWhileCheckpointsEnd_holdsEachTransitionOnceAndInOrder()
      throws Exception {
    for (int i = 0; i < 4; i++) {
      ActorRef<ReplayNode.Command> next = node(LIMIT);
      replay.tell(save(i)); // on its way when the node is told to leave
      leave();
      assertThat(segmentOf(i)).as("checkpoint %d", i).isPresent();
      checkpoints.rotate(new Retention(1, 0)); // as one that ends: deletes rows that none names
      node = next;
      awaitConfirmed(confirmed.get() + 3000);
    }

    assertHoldsAll();
    awaitMetric(Metric.CLUSTER_REPLAY_LOST, 0);
    awaitMetric(Metric.CLUSTER_REPLAY_LOSSES, 0);
    assertThat(run.resolve("handover")).doesNotExist();
  }

  @Test
  void table_thatNoNodeHas_isInACheckpointAllTheSameAndWaitsForTheNextNode() throws Exception {
    leave();

    awaitMetric(Metric.CLUSTER_REPLAY_THERE, 0);
    assertThat(told).containsExactly("has handed over the replay of run run: 2000 transitions");
    assertHoldsAll();
    node = node(LIMIT);
    awaitConfirmed(confirmed.get() + 3000);
    assertHoldsAll();
    awaitMetric(Metric.CLUSTER_REPLAY_LOST, 0);
    awaitMetric(Metric.CLUSTER_REPLAY_LOSSES, 0);
  }

  @Test
  void table_whoseRowsWereAlteredOnTheWay_isNotTakenForTheOneThatWasHandedOver() throws Exception {
    leave();
    awaitMetric(Metric.CLUSTER_REPLAY_THERE, 0);
    Path rows = onlyFile(run.resolve("handover").resolve("replay"));
    byte[] bytes = Files.readAllBytes(rows);
    bytes[bytes.length - 1] ^= 1;
    Files.write(rows, bytes);

    node = node(LIMIT);

    awaitMetric(Metric.CLUSTER_REPLAY_THERE, 1);
    awaitMetric(Metric.CLUSTER_REPLAY_LOSSES, 1);
    assertThat(rows).doesNotExist();
  }

  @Test
  void table_thatCannotBeWritten_isLostAsOfADeadNode() throws Exception {
    Files.createFile(run.resolve("handover"));
    ActorRef<ReplayNode.Command> next = node(LIMIT);
    leave();
    node = next;

    awaitMetric(Metric.CLUSTER_REPLAY_LOSSES, 1);
    awaitMetric(Metric.CLUSTER_REPLAY_THERE, 1);
    awaitConfirmed(confirmed.get() + 3000);
    assertThat(metrics.get(Metric.CLUSTER_REPLAY_LOST)).isGreaterThanOrEqualTo(3000);
  }

  @Test
  void node_whoseRunDoesNotAnswer_leavesAfterItsLimitAndSaysSo() {
    ActorRef<ReplayNode.Command> impatient = node(Duration.ofMillis(100));
    TestProbe<ToReplayRun> silent = kit.createTestProbe();
    ReplayNodeDoor.of(kit, impatient).tell(ReplayNodeDoor.open(kit, "silent", silent.getRef()));
    silent.expectMessageClass(ToReplayRun.Ready.class, LIMIT);

    impatient.tell(ReplayNode.Leave.INSTANCE);

    ToReplayRun said = silent.receiveMessage(LIMIT);
    while (said instanceof ToReplayRun.Leaving) {
      said = silent.receiveMessage(LIMIT);
    }
    assertThat(((ToReplayRun.Unable) said).reason()).contains("not handed over within");
    silent.expectTerminated(impatient, LIMIT);
  }

  /** What was saved last holds the newest rows that were written, each once and in order. */
  private void assertHoldsAll() throws Exception {
    replay.tell(save(1000));
    ReplayActor.Saved saved = saves.expectMessageClass(ReplayActor.Saved.class, LIMIT);
    ReplayActor.RowsWritten rows = saves.expectMessageClass(ReplayActor.RowsWritten.class, LIMIT);
    assertThat(rows.failure()).isEmpty();
    Path file = checkpoints.path().resolve(rows.segment().orElseThrow().file().path());
    int[] numbers = numbers(saved.state(), file);
    int first = (int) saved.inserted() - numbers.length;
    assertThat(IntStream.range(0, numbers.length).filter(row -> numbers[row] != first + row))
        .as("rows of %d that do not hold the next number from %d on", numbers.length, first)
        .isEmpty();
  }

  private static int[] numbers(SavedState state, Path file) throws IOException {
    try (ReplayTable table = ReplayTable.create(TABLE, SPEC, new SeededRandom(1))) {
      table.restore(state, List.of(file));
      table.checkInvariants();
      RowCopy copy = table.copyRows(0);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      copy.writeTo(Channels.newChannel(bytes));
      ByteBuffer rows = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
      int rowBytes = (rows.limit() - HEADER_BYTES) / table.size();
      return IntStream.range(0, table.size())
          .map(row -> rows.getInt(HEADER_BYTES + row * rowBytes))
          .toArray();
    }
  }

  private ReplayActor.Save save(long step) {
    return new ReplayActor.Save(step, 0, checkpoints, saves.getRef());
  }

  private Optional<Segment> segmentOf(long step) {
    assertThat(saves.expectMessageClass(ReplayActor.Saved.class, LIMIT).step()).isEqualTo(step);
    return saves.expectMessageClass(ReplayActor.RowsWritten.class, LIMIT).segment();
  }

  private ActorRef<ReplayNode.Command> node(Duration limit) {
    return kit.spawn(
        ReplayNode.create(
            (id, config, fingerprint) ->
                new HostedReplay(TABLE, new SeededRandom(1), ACTOR, CLUSTER),
            limit,
            told::add));
  }

  private void leave() {
    node.tell(ReplayNode.Leave.INSTANCE);
    saves.expectTerminated(node, LIMIT.dividedBy(2)); // not its limit
  }

  /** Keeps the newest value of each metric. */
  private Behavior<MetricsActor.Command> meter() {
    return Behaviors.receive(MetricsActor.Command.class)
        .onMessage(
            MetricsActor.Record.class,
            message -> {
              message
                  .report()
                  .measurements()
                  .forEach(measured -> metrics.put(measured.metric(), measured.value()));
              return Behaviors.same();
            })
        .build();
  }

  /** Writes the next numbers as fast as it is let, and counts what is confirmed. */
  private Behavior<ReplayActor.WriterReply> writer() {
    return Behaviors.setup(
        context -> {
          replay.tell(new ReplayActor.Announce(1, context.getSelf()));
          return Behaviors.receive(ReplayActor.WriterReply.class)
              .onMessage(
                  ReplayActor.Welcomed.class,
                  welcomed -> {
                    for (int i = 0; i < IN_FLIGHT; i++) {
                      write(new Transitions(SPEC, CHUNK), context.getSelf());
                    }
                    return Behaviors.same();
                  })
              .onMessage(
                  ReplayActor.Inserted.class,
                  inserted -> {
                    confirmed.addAndGet(CHUNK);
                    write(inserted.chunk(), context.getSelf());
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private void write(Transitions chunk, ActorRef<ReplayActor.WriterReply> writer) {
    chunk.setSize(CHUNK);
    for (int i = 0; i < CHUNK; i++) {
      chunk.actions().put(i, written.getAndIncrement());
    }
    replay.tell(new ReplayActor.Insert(chunk, 1, writer));
  }

  private Behavior<ReplayActor.Batch> learner() {
    return Behaviors.setup(
        context -> {
          Transitions buffer = new Transitions(SPEC, TABLE.sampleSize());
          replay.tell(new ReplayActor.Sample(buffer, context.getSelf()));
          return Behaviors.receive(ReplayActor.Batch.class)
              .onAnyMessage(
                  batch -> {
                    replay.tell(new ReplayActor.Sample(batch.transitions(), context.getSelf()));
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private void awaitConfirmed(int transitions) {
    saves.awaitAssert(
        LIMIT,
        () -> {
          assertThat(confirmed.get()).isGreaterThanOrEqualTo(transitions);
          return null;
        });
  }

  private void awaitMetric(Metric metric, double value) {
    saves.awaitAssert(
        LIMIT,
        () -> {
          assertThat(metrics).as(metric.id()).containsEntry(metric, value);
          return null;
        });
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
