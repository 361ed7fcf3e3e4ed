package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.protos.wire.ToReplayNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Nodes that a run's table may be on, and the one it is on. Not thread-safe: one owner. */
final class ReplayNodes {

  private final Set<ActorRef<ToReplayNode>> refusing = new HashSet<>();
  private final Set<ActorRef<ToReplayNode>> leaving = new HashSet<>();
  private Set<ActorRef<ToReplayNode>> reachable = Set.of();
  private ActorRef<ToReplayNode> chosen;

  /**
   * Takes what the cluster has now.
   *
   * @return whether the chosen node is no member any more; one that cannot be reached still is
   */
  boolean lost(Receptionist.Listing listing) {
    Set<ActorRef<ToReplayNode>> members = listing.getAllServiceInstances(ReplayNode.REPLAY_NODES);
    reachable = listing.getServiceInstances(ReplayNode.REPLAY_NODES);
    refusing.retainAll(members);
    leaving.retainAll(members);
    return chosen != null && !members.contains(chosen);
  }

  /** Chooses a node, if there is none; returns whether it did. */
  boolean choose() {
    Optional<ActorRef<ToReplayNode>> free =
        reachable.stream()
            .filter(node -> !refusing.contains(node) && !leaving.contains(node))
            .sorted()
            .findFirst();
    boolean chooses = chosen == null && free.isPresent();
    if (chooses) {
      chosen = free.get();
    }
    return chooses;
  }

  /** The chosen node cannot keep the table: another is chosen next, until {@link #forgive}. */
  void drop() {
    refusing.add(chosen);
    chosen = null;
  }

  /** The chosen node leaves: once dropped it is not chosen again, though the cluster has it yet. */
  void chosenLeaves() {
    leaving.add(chosen);
  }

  /** Those that could not may be asked again. */
  void forgive() {
    refusing.clear();
  }

  boolean isChosen() {
    return chosen != null;
  }

  /** What is said before a node is chosen goes nowhere. */
  void tell(ToReplayNode message) {
    if (chosen != null) {
      chosen.tell(message);
    }
  }

  /** Address of the chosen node, for people. */
  String address() {
    return chosen.path().address().toString();
  }
}
