package io.limber.app.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import io.limber.app.batch.BatchView;
import io.limber.app.batch.Board;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellEnd;
import io.limber.app.batch.CellRunner;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.batch.Devices;
import io.limber.app.batch.remote.AgentNode;
import io.limber.app.batch.remote.AgentNodeMeans;
import io.limber.app.batch.remote.BatchCoordinator;
import io.limber.app.batch.remote.BatchOrder;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.HostPort;
import io.limber.app.config.MembershipSettings;
import io.limber.app.run.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs cells on all nodes of a cluster that have the role {@code learner}, this process among them.
 * Their folders must be the same on every node. Used once.
 */
public final class ClusterBatch {

  private final EffectiveConfig config;
  private final MembershipSettings membership;
  private final Config akka;
  private final CellRunner runner;
  private final Devices devices;
  private final Consumer<String> told;

  /**
   * @param config of this member, as every cell or the defaults have it
   * @param devices that agents of this process are placed on
   * @param told takes a line for people: where it listens
   * @throws io.limber.app.config.InvalidConfigException if a setting cannot work
   */
  public ClusterBatch(
      EffectiveConfig config, CellRunner runner, Devices devices, Consumer<String> told) {
    this.config = config;
    this.runner = runner;
    this.devices = devices;
    this.told = told;
    membership = MembershipSettings.from(config.limber());
    akka = ClusterConfig.of(config, membership, List.of(Membership.RUN));
  }

  /**
   * Runs all cells until every one has ended or {@code stop} completes; blocks its thread.
   *
   * @param folder where each cell has a folder, named after its key
   * @param cellBytes what the greatest cell takes of memory
   * @param here cells at a time in this process; empty for as many as it has room for, 0 for none
   * @param view is told of everything; closed at the end
   * @return how each cell ended, in their order
   * @throws IOException if the folder cannot be made
   */
  public List<CellStatus> run(
      Path folder,
      long cellBytes,
      OptionalInt here,
      List<Cell> cells,
      BatchView view,
      CompletableFuture<Signals.Signal> stop)
      throws IOException {
    Files.createDirectories(folder);
    Board board = new Board(cells, view);
    try (view) {
      for (Cell cell : cells) {
        Optional<CellEnd> earlier = runner.finished(cell, folder.resolve(cell.key()));
        earlier.ifPresent(end -> board.set(finished(cell, end)));
      }
      if (board.all().stream().anyMatch(status -> status.state() == CellState.WAITING)) {
        handOut(folder, cellBytes, here, board, stop);
      }
    }
    return board.all();
  }

  private static CellStatus finished(Cell cell, CellEnd end) {
    return new CellStatus(cell, end.state(), end.step(), Optional.empty(), end.details());
  }

  private void handOut(
      Path folder,
      long cellBytes,
      OptionalInt here,
      Board board,
      CompletableFuture<Signals.Signal> stop) {
    BatchOrder order =
        new BatchOrder(
            UUID.randomUUID().toString(),
            folder.toAbsolutePath(),
            Fingerprint.programOf(),
            cellBytes);
    AgentNodeMeans means =
        new AgentNodeMeans(
            runner, config::ofRun, Fingerprint.programOf(), devices, here, line -> {});
    ActorSystem<BatchCoordinator.Command> system =
        ActorSystem.create(root(order, board, means), Membership.SYSTEM, akka);
    HostPort self = Membership.enter(system, membership);
    told.accept("nodes may join: limber node --role learner --join " + self);
    stop.thenRun(() -> system.tell(BatchCoordinator.Stop.INSTANCE));
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private static Behavior<BatchCoordinator.Command> root(
      BatchOrder order, Board board, AgentNodeMeans means) {
    return Behaviors.setup(
        context -> {
          if (means.atOnce().orElse(1) > 0) {
            context.spawn(AgentNode.create(means), "agents-0");
          }
          return BatchCoordinator.create(order, board);
        });
  }
}
