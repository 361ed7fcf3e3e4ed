package io.limber.actors.probe;

import akka.actor.typed.ActorRef;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The measurements of a run from their begin to their end: drawing their transitions, waiting,
 * running, counted. Not thread-safe: one owner.
 */
final class ProbeWork {

  private static final int ATTEMPTS = 2;

  private final TransitionSpec spec;
  private final int expected;
  private final int runningLimit;
  private final Map<Integer, ActorRef<ProbeActor.Command>> local = new TreeMap<>();
  private final Map<Integer, ActorRef<ProbeActor.Command>> joined = new TreeMap<>();
  private final ProbeQueue queue;
  private final Map<Long, ProbeTask> drawing = new HashMap<>();
  private final Map<Integer, ProbeTask> running = new TreeMap<>();
  private final Map<Integer, Double> progress = new TreeMap<>();
  private final Map<String, Deque<Transitions>> free = new HashMap<>();
  private final Set<Integer> ready = new HashSet<>();
  private Map<String, Integer> wanted = Map.of();
  private ProbeTally tally = ProbeTally.NONE;
  private long nextId;
  private boolean abandoned;
  private long resumedStep = -1;
  private List<String> unfinished = List.of();

  ProbeWork(
      ProbeSettings settings, TransitionSpec spec, List<ActorRef<ProbeActor.Command>> workers) {
    this.spec = spec;
    workers.forEach(worker -> local.put(local.size(), worker));
    expected = workers.size();
    // one after the other in lockstep, so that the results come in one order
    runningLimit = settings.lockstep() ? 1 : Integer.MAX_VALUE;
    queue = new ProbeQueue(settings.policy(), settings.queueSize());
  }

  /** A worker has made its probes, perhaps anew. */
  void ready(int worker, Map<String, Integer> transitions) {
    wanted = transitions;
    ready.add(worker);
  }

  /** Whether all workers can measure. */
  boolean ready() {
    return ready.size() == expected;
  }

  /** Whoever joins is preferred to those that were there from the start. */
  void join(int worker, ActorRef<ProbeActor.Command> reference) {
    joined.put(worker, reference);
  }

  /** Takes in that one will not answer; returns what it was measuring. */
  Optional<ProbeTask> leave(int worker) {
    joined.remove(worker);
    local.remove(worker);
    return isRunning(worker) ? Optional.of(failed(worker)) : Optional.empty();
  }

  /** Whether nobody is left who could measure. */
  boolean hasNoWorker() {
    return local.isEmpty() && joined.isEmpty();
  }

  /** From now on those that were there from the start measure nothing. */
  void leaveToOthers() {
    local.clear();
  }

  boolean isRunning(int worker) {
    return running.containsKey(worker);
  }

  /** Begins a measurement; its transitions are to be drawn next. */
  ProbeTask begin(String probe, AgentSnapshot snapshot) {
    Transitions buffer = free.computeIfAbsent(probe, name -> new ArrayDeque<>()).poll();
    if (buffer == null) {
      buffer = new Transitions(spec, wanted.get(probe));
    }
    ProbeTask task = ProbeTask.first(nextId++, probe, snapshot, buffer);
    drawing.put(task.id(), task);
    return task;
  }

  /** The transitions of a measurement are there; after {@link #abandon} that is too late. */
  void drawn(long id) {
    ProbeTask task = drawing.remove(id);
    if (task != null) {
      queue.offer(task).ifPresent(this::skip);
    }
  }

  /** Gives waiting tasks to free workers. */
  void assign() {
    OptionalInt worker = free();
    while (worker.isPresent()) {
      ProbeTask task = queue.poll();
      running.put(worker.getAsInt(), task);
      progress.put(worker.getAsInt(), 0.0);
      worker(worker.getAsInt()).tell(new ProbeActor.Measure(task));
      worker = free();
    }
  }

  /** Who may measure the next task now; empty if nobody can, or there is none. */
  private OptionalInt free() {
    ProbeTask next = queue.peek();
    if (next == null || running.size() >= runningLimit) {
      return OptionalInt.empty();
    }
    return candidates(next).filter(worker -> !isRunning(worker)).findFirst();
  }

  private IntStream candidates(ProbeTask task) {
    IntStream here = numbers(local);
    if (task.attempt() == 1) {
      return joined.isEmpty() ? here : numbers(joined);
    }
    // what failed in one place is tried in another, where there is one
    IntStream others = numbers(joined).filter(worker -> worker != task.failedAt());
    return IntStream.concat(IntStream.concat(others, here), numbers(joined));
  }

  private static IntStream numbers(Map<Integer, ActorRef<ProbeActor.Command>> workers) {
    return workers.keySet().stream().mapToInt(Integer::intValue);
  }

  private ActorRef<ProbeActor.Command> worker(int number) {
    return joined.containsKey(number) ? joined.get(number) : local.get(number);
  }

  void progressed(int worker, double done) {
    progress.computeIfPresent(worker, (index, before) -> done);
  }

  /** Takes in a success; returns its task, whose transitions are no longer its own. */
  ProbeTask measured(int worker) {
    ProbeTask task = end(worker);
    if (!abandoned) {
      tally = tally.plusCompleted();
      giveBack(task);
    }
    return task;
  }

  /** Takes in a failure, and queues the task once more if that was the first. */
  ProbeTask failed(int worker) {
    ProbeTask task = end(worker);
    if (abandoned) {
      return task;
    }
    if (task.attempt() < ATTEMPTS) {
      tally = tally.plusRetried();
      queue.offerFirst(task.again(worker));
    } else {
      tally = tally.plusFailed();
      giveBack(task);
    }
    return task;
  }

  /** Counts what is not finished as abandoned or skipped, and asks running measurements to end. */
  void abandon() {
    if (abandoned) {
      return;
    }
    abandoned = true;
    tally = tally.plusAbandoned(running.size()).plusSkipped(drawing.size() + queue.size());
    running.keySet().forEach(i -> worker(i).tell(ProbeActor.Cancel.INSTANCE));
    drawing.clear();
    while (queue.poll() != null) {
      // their buffers go with them
    }
  }

  /**
   * What it goes on from. Measurements of the snapshot of {@code step} that are not made yet are
   * kept by name, to be made after a resume; those of older snapshots count as skipped.
   */
  SavedState save(long step) {
    List<ProbeTask> unfinished = new ArrayList<>(drawing.values());
    unfinished.addAll(queue.waiting());
    unfinished.addAll(running.values());
    List<String> due =
        unfinished.stream()
            .filter(task -> task.snapshot().step() == step)
            .map(ProbeTask::probe)
            .sorted()
            .toList();
    return SavedState.builder()
        .put("tally", tally.plusSkipped(unfinished.size() - due.size()).save())
        .put("step", step)
        .put("unfinished", String.join(",", due))
        .build();
  }

  /** Goes on from what {@link #save} gave. */
  void restore(SavedState state) {
    tally = ProbeTally.restore(state.part("tally"));
    resumedStep = state.integer("step");
    unfinished = List.of(state.text("unfinished").split(","));
  }

  /** Whether a measurement is still to be made: that of the resumed step may have been before. */
  boolean wants(String probe, long step) {
    return step != resumedStep || unfinished.contains(probe);
  }

  boolean abandoned() {
    return abandoned;
  }

  /** Whether nothing is left to do that anybody waits for. */
  boolean idle() {
    return abandoned || (drawing.isEmpty() && queue.size() == 0 && running.isEmpty());
  }

  boolean learnerMayGoOn() {
    return ready() && queue.learnerMayGoOn(drawing.size(), running.size());
  }

  ProbeTally tally() {
    return tally;
  }

  /** Snapshots that wait to be measured. */
  int waiting() {
    return drawing.size() + queue.size();
  }

  /** Done fraction of each running measurement, by worker. */
  Map<Integer, Double> progress() {
    return Map.copyOf(progress);
  }

  private ProbeTask end(int worker) {
    progress.remove(worker);
    return running.remove(worker);
  }

  private void skip(ProbeTask task) {
    tally = tally.plusSkipped(1);
    giveBack(task);
  }

  private void giveBack(ProbeTask task) {
    free.get(task.probe()).add(task.transitions());
  }
}
