package io.limber.actors.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The tasks that wait for a free probe actor, and the rule by which the learner waits for them. Not
 * thread-safe: one owner.
 */
final class ProbeQueue {

  private final ProbePolicy policy;
  private final int capacity;
  private final Deque<ProbeTask> waiting = new ArrayDeque<>();

  /**
   * @param capacity tasks that may wait before the learner does; of {@link ProbePolicy#QUEUE} alone
   */
  ProbeQueue(ProbePolicy policy, int capacity) {
    this.policy = policy;
    this.capacity = capacity;
  }

  /** Adds a task; returns the one of the same probe that gives way to it, if any. */
  Optional<ProbeTask> offer(ProbeTask task) {
    Optional<ProbeTask> replaced =
        policy == ProbePolicy.SKIP ? remove(task.probe()) : Optional.empty();
    waiting.addLast(task);
    return replaced;
  }

  /** Puts back a task that is to be tried again, before all others. */
  void offerFirst(ProbeTask task) {
    waiting.addFirst(task);
  }

  /** The next task, which stays, or null. */
  ProbeTask peek() {
    return waiting.peekFirst();
  }

  /** The next task, or null. */
  ProbeTask poll() {
    return waiting.pollFirst();
  }

  List<ProbeTask> waiting() {
    return List.copyOf(waiting);
  }

  int size() {
    return waiting.size();
  }

  /**
   * Whether the learner may go on.
   *
   * @param drawing measurements that wait for their transitions
   * @param running measurements under way
   */
  boolean learnerMayGoOn(int drawing, int running) {
    return switch (policy) {
      case SKIP -> true;
      case QUEUE -> waiting.size() + drawing <= capacity;
      case WAIT -> waiting.isEmpty() && drawing + running == 0;
    };
  }

  private Optional<ProbeTask> remove(String probe) {
    Iterator<ProbeTask> tasks = waiting.iterator();
    while (tasks.hasNext()) {
      ProbeTask task = tasks.next();
      if (task.probe().equals(probe)) {
        tasks.remove();
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }
}
