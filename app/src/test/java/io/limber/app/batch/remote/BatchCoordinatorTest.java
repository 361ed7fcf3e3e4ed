package io.limber.app.batch.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.limber.app.batch.BatchView;
import io.limber.app.batch.Board;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellEnd;
import io.limber.app.batch.CellRunner;
import io.limber.app.batch.CellState;
import io.limber.app.batch.Devices;
import io.limber.app.batch.Tally;
import io.limber.app.batch.Views;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.console.ProgressView;
import io.limber.app.run.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator and its nodes, in one actor system, with cells that do as they are told. */
class BatchCoordinatorTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final EffectiveConfig CONFIG = EffectiveConfig.resolve(ConfigSources.defaults());
  private static final BatchView UNSEEN = new Views(List.of());

  @TempDir private Path folder;
  private final ActorTestKit kit = ActorTestKit.create();
  private final List<Cell> cells =
      IntStream.rangeClosed(1, 5).mapToObj(BatchCoordinatorTest::cell).toList();
  private final Board board = new Board(cells, UNSEEN);

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void cells_handedToTwoNodes_allFinish() {
    node("v", new Told(false));
    node("v", new Told(false));

    awaitEnd(coordinator());

    assertThat(Tally.of(board.all()).text()).isEqualTo("5 finished");
  }

  @Test
  void node_thatLeaves_endsItsCellsCleanlyAndOthersGoOnWithThem() {
    Told blocking = new Told(true);
    ActorRef<AgentNode.Command> leaving = node("v", blocking);
    ActorRef<BatchCoordinator.Command> coordinator = coordinator();
    blocking.started.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();

    leaving.tell(AgentNode.Leave.INSTANCE);
    node("v", new Told(false));

    awaitEnd(coordinator);
    assertThat(Tally.of(board.all()).text()).isEqualTo("5 finished");
  }

  @Test
  void node_ofAnotherVersion_getsNoCell() {
    node("other", new Told(false));
    ActorRef<BatchCoordinator.Command> coordinator = coordinator();

    coordinator.tell(BatchCoordinator.Stop.INSTANCE);

    awaitEnd(coordinator);
    assertThat(Tally.of(board.all()).text()).isEqualTo("5 waiting");
  }

  @Test
  void stop_whileCellsRun_endsThemCleanly() {
    Told blocking = new Told(true);
    node("v", blocking);
    ActorRef<BatchCoordinator.Command> coordinator = coordinator();
    blocking.started.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();

    coordinator.tell(BatchCoordinator.Stop.INSTANCE);

    awaitEnd(coordinator);
    assertThat(Tally.of(board.all()).text()).isEqualTo("4 waiting, 1 stopped");
  }

  private ActorRef<BatchCoordinator.Command> coordinator() {
    return kit.spawn(BatchCoordinator.create(new BatchOrder("sweep", folder, "v", 1), board));
  }

  private ActorRef<AgentNode.Command> node(String version, CellRunner runner) {
    AgentNodeMeans means =
        new AgentNodeMeans(
            runner, text -> CONFIG, version, Devices.of(CONFIG), OptionalInt.of(1), line -> {});
    return kit.spawn(AgentNode.create(means));
  }

  private void awaitEnd(ActorRef<?> actor) {
    TestProbe<Object> watcher = kit.createTestProbe();
    watcher.expectTerminated(actor, LIMIT);
  }

  private static Cell cell(int seed) {
    List<Assignment> seeds = List.of(Assignment.parse("--set", "seed=" + seed));
    return Cell.of(
        Map.of("seed", Integer.toString(seed)),
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), seeds)));
  }

  /** Finishes at once, or runs until it is stopped. */
  private static final class Told implements CellRunner {

    private final boolean blocks;
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    Told(boolean blocks) {
      this.blocks = blocks;
    }

    @Override
    public Optional<CellEnd> finished(Cell cell, Path own) {
      return Optional.empty();
    }

    @Override
    public CellEnd run(
        Cell cell, Path own, ProgressView progress, CompletableFuture<Signals.Signal> stop) {
      started.complete(null);
      if (blocks) {
        stop.join();
        return new CellEnd(CellState.STOPPED, 10, "");
      }
      return new CellEnd(CellState.FINISHED, 100, "");
    }
  }
}
