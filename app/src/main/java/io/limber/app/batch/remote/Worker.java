package io.limber.app.batch.remote;

import akka.actor.typed.ActorRef;
import io.limber.app.batch.Cell;
import io.limber.protos.wire.ToAgentNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A node as the coordinator knows it. One owner. */
final class Worker {

  private final ActorRef<ToAgentNode> node;
  private final Set<String> cells = new LinkedHashSet<>();
  private int room;

  Worker(ActorRef<ToAgentNode> node) {
    this.node = node;
  }

  void offer(int room) {
    this.room = room;
  }

  boolean hasRoom() {
    return cells.size() < room;
  }

  boolean isIdle() {
    return cells.isEmpty();
  }

  boolean has(String key) {
    return cells.contains(key);
  }

  List<String> cells() {
    return List.copyOf(cells);
  }

  void train(String sweep, Cell cell) {
    cells.add(cell.key());
    node.tell(new ToAgentNode.Train(sweep, cell.key(), cell.config().renderLimber()));
  }

  void ended(String key) {
    cells.remove(key);
  }

  void stop(String sweep) {
    node.tell(new ToAgentNode.Stop(sweep));
  }

  /** Host and port; {@code here} for the coordinator's own process. */
  String place() {
    var address = node.path().address();
    return address.port().isEmpty() ? "here" : address.host().get() + ":" + address.port().get();
  }
}
