package io.limber.app.batch.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.actors.remote.References;
import io.limber.app.batch.Board;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.protos.wire.ToAgentNode;
import io.limber.protos.wire.ToSweep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands cells out to the nodes that have room, and those of a lost node to others. Stops when every
 * cell has ended, or after {@link Stop} when none runs any more.
 *
 * <p>Nodes pull: one that joins gets work as soon as a cell waits, and no running cell is ever
 * moved. Bounds: one message in flight for each cell, and one for each node.
 */
public final class BatchCoordinator extends AbstractBehavior<BatchCoordinator.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits Found, FromNode, Stop {}

  private record Found(Receptionist.Listing listing) implements Command {}

  private record FromNode(ToSweep message) implements Command {}

  /** Hand out no more, and bring what runs to a clean end. */
  public enum Stop implements Command {
    INSTANCE
  }

  private final BatchOrder order;
  private final Board board;
  private final Queued queued;
  private final Map<String, Worker> workers = new HashMap<>();
  private final ActorRef<ToSweep> replies;
  private boolean stopping;

  /**
   * @param board knows every cell; those it has as ended are not run
   */
  public static Behavior<Command> create(BatchOrder order, Board board) {
    return Behaviors.setup(context -> new BatchCoordinator(context, order, board));
  }

  private BatchCoordinator(ActorContext<Command> context, BatchOrder order, Board board) {
    super(context);
    this.order = order;
    this.board = board;
    queued = new Queued(board.all());
    replies = context.messageAdapter(ToSweep.class, FromNode::new);
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                AgentNode.NODES, context.messageAdapter(Receptionist.Listing.class, Found::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Found.class, this::onFound)
        .onMessage(FromNode.class, this::onFromNode)
        .onMessage(Stop.class, this::onStop)
        .onSignal(Terminated.class, this::onLost)
        .build();
  }

  private Behavior<Command> onFound(Found message) {
    for (ActorRef<ToAgentNode> node : message.listing().getServiceInstances(AgentNode.NODES)) {
      String name = References.of(getContext(), node);
      if (!workers.containsKey(name)) {
        workers.put(name, new Worker(node));
        getContext().watch(node);
        node.tell(
            new ToAgentNode.Hire(
                order.sweep(),
                order.folder().toString(),
                order.version(),
                order.cellBytes(),
                References.of(getContext(), getContext().getSelf()),
                References.of(getContext(), replies)));
      }
    }
    return this;
  }

  private Behavior<Command> onFromNode(FromNode message) {
    Worker worker = workers.get(message.message().node());
    if (worker == null) {
      return this; // lost already: its cells are with others
    }
    if (message.message() instanceof ToSweep.Offer offer) {
      worker.offer(offer.room());
      if (offer.room() == 0) {
        getContext().getLog().warn("{} takes no agents: {}", worker.place(), offer.reason());
      }
    } else {
      onTold(worker, (ToSweep.Told) message.message());
    }
    return next();
  }

  private void onTold(Worker worker, ToSweep.Told told) {
    if (!worker.has(told.key())) {
      return;
    }
    CellState state = Queued.state(told.state());
    Cell cell = queued.cell(told.key());
    if (state != CellState.RUNNING) {
      worker.ended(told.key());
    }
    if (state == CellState.STOPPED && !stopping) {
      queued.again(cell); // its node leaves: another one goes on with it
      state = CellState.WAITING;
    }
    board.set(
        new CellStatus(
            cell, state, told.step(), Optional.of(worker.place()), told.details(), told.device()));
  }

  /** Hands out what can be, and stops when there is nothing left to wait for. */
  private Behavior<Command> next() {
    for (Worker worker : workers.values()) {
      while (!stopping && worker.hasRoom() && queued.hasNext()) {
        Cell cell = queued.next();
        worker.train(order.sweep(), cell);
        board.set(new CellStatus(cell, CellState.RUNNING, 0, Optional.of(worker.place()), ""));
      }
    }
    boolean idle = workers.values().stream().allMatch(Worker::isIdle);
    return idle && (stopping || !queued.hasNext()) ? Behaviors.stopped() : this;
  }

  private Behavior<Command> onLost(Terminated signal) {
    Worker lost = workers.remove(References.of(getContext(), signal.getRef()));
    if (lost != null) {
      List<String> keys = lost.cells();
      getContext().getLog().warn("{} is gone, with {} agents", lost.place(), keys.size());
      for (String key : keys) {
        Cell cell = queued.cell(key);
        queued.again(cell);
        board.set(
            new CellStatus(
                cell, CellState.WAITING, 0, Optional.of(lost.place()), "its node was lost"));
      }
    }
    return next();
  }

  private Behavior<Command> onStop(Stop message) {
    stopping = true;
    workers.values().forEach(worker -> worker.stop(order.sweep()));
    return next();
  }
}
