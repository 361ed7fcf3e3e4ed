package io.limber.actors.remote;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which environment actor is on which node. Environments go to the node with the fewest; one that
 * was lost waits, longer with each loss in a row; a node that joins takes its share. Not
 * thread-safe: one owner.
 *
 * @param <N> a node
 */
final class Placements<N> {

  private enum State {
    /** Being taken from its node, if it has one. */
    LEAVING,
    /** May be placed from a time on. */
    WAITING,
    PLACED
  }

  private static final class Seat<N> {
    private State state = State.LEAVING;
    private N node;
    private int placement;
    private long steps;
    private int losses;
    private long sinceNanos;
    private long readyNanos;
  }

  /** One environment where it is placed. */
  record Placed(String environment, int placement, long steps) {}

  /** An environment that leaves a node for another. */
  record Move<N>(String environment, N from) {}

  private final Map<String, Seat<N>> seats = new LinkedHashMap<>();
  private final Set<N> nodes = new HashSet<>();
  private final Duration minBackoff;
  private final Duration maxBackoff;
  private long losses;

  /**
   * @param environments all of them; each is leaving at first
   */
  Placements(List<String> environments, Duration minBackoff, Duration maxBackoff) {
    environments.forEach(name -> seats.put(name, new Seat<>()));
    this.minBackoff = minBackoff;
    this.maxBackoff = maxBackoff;
  }

  Set<N> nodes() {
    return Set.copyOf(nodes);
  }

  int placed() {
    return (int) seats.values().stream().filter(seat -> seat.state == State.PLACED).count();
  }

  /** Environments lost so far. */
  long losses() {
    return losses;
  }

  void join(N node) {
    nodes.add(node);
  }

  /** The node is gone; returns the environments that leave it. */
  List<String> leave(N node, long nowNanos) {
    nodes.remove(node);
    List<String> lost =
        seats.entrySet().stream()
            .filter(e -> e.getValue().state == State.PLACED && node.equals(e.getValue().node))
            .map(Map.Entry::getKey)
            .toList();
    lost.forEach(name -> lose(seats.get(name), nowNanos));
    return lost;
  }

  /** One environment was given up at its node; false if that was an earlier placement. */
  boolean lost(String environment, int placement, long nowNanos) {
    Seat<N> seat = seats.get(environment);
    boolean current = seat.state == State.PLACED && seat.placement == placement;
    if (current) {
      lose(seat, nowNanos);
    }
    return current;
  }

  private void lose(Seat<N> seat, long nowNanos) {
    losses++;
    boolean settled = nowNanos - seat.sinceNanos > 2 * maxBackoff.toNanos();
    seat.losses = settled ? 1 : seat.losses + 1;
    long backoff = minBackoff.toNanos() << Math.min(20, seat.losses - 1);
    seat.readyNanos = nowNanos + Math.min(backoff, maxBackoff.toNanos());
    seat.state = State.LEAVING;
    seat.node = null;
  }

  /** The number that the environment's next placement will have. */
  int nextPlacement(String environment) {
    return seats.get(environment).placement + 1;
  }

  /** Nothing more comes of the environment's last placement: it may be placed. */
  void vacated(String environment, long steps) {
    Seat<N> seat = seats.get(environment);
    if (seat.state == State.LEAVING) {
      seat.state = State.WAITING;
      seat.steps = steps;
    }
  }

  /** Places what waits and is due; returns the nodes whose environments changed. */
  Set<N> place(long nowNanos) {
    Set<N> changed = new HashSet<>();
    for (Seat<N> seat : seats.values()) {
      if (seat.state == State.WAITING && seat.readyNanos - nowNanos <= 0 && !nodes.isEmpty()) {
        N node = emptiest();
        seat.state = State.PLACED;
        seat.node = node;
        seat.placement++;
        seat.sinceNanos = nowNanos;
        changed.add(node);
      }
    }
    return changed;
  }

  /** When something waits next; empty if nothing does, or no node is there. */
  OptionalLong nextNanos() {
    return nodes.isEmpty()
        ? OptionalLong.empty()
        : seats.values().stream()
            .filter(seat -> seat.state == State.WAITING)
            .mapToLong(seat -> seat.readyNanos)
            .min();
  }

  /**
   * Takes an environment from the fullest node if the emptiest has two fewer and nothing else is
   * under way: one at a time, because each costs its partial episodes.
   *
   * @return the environment that leaves its node, and that node
   */
  Optional<Move<N>> rebalance() {
    if (nodes.size() < 2 || placed() < seats.size() || count(fullest()) - count(emptiest()) < 2) {
      return Optional.empty();
    }
    N from = fullest();
    String environment = on(from).get(0).environment();
    Seat<N> seat = seats.get(environment);
    seat.state = State.LEAVING;
    seat.node = null;
    seat.readyNanos = seat.sinceNanos; // at once
    return Optional.of(new Move<>(environment, from));
  }

  /** What is placed on a node. */
  List<Placed> on(N node) {
    return seats.entrySet().stream()
        .filter(e -> e.getValue().state == State.PLACED && node.equals(e.getValue().node))
        .map(e -> new Placed(e.getKey(), e.getValue().placement, e.getValue().steps))
        .toList();
  }

  private int count(N node) {
    return on(node).size();
  }

  private N emptiest() {
    return nodes.stream().min(byCount()).orElseThrow();
  }

  private N fullest() {
    return nodes.stream().max(byCount()).orElseThrow();
  }

  /** Ties by the node's text, so that the same cluster gives the same placement. */
  private Comparator<N> byCount() {
    return Comparator.<N>comparingInt(this::count).thenComparing(Object::toString);
  }
}
