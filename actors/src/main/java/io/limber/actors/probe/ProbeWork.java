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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The measurements of a run from their begin to their end: drawing their transitions, waiting,
 * running, counted. Not thread-safe: one owner.
 */
final class ProbeWork {

  private static final int ATTEMPTS = 2;

  private final TransitionSpec spec;
  private final List<ActorRef<ProbeActor.Command>> workers;
  private final int runningLimit;
  private final ProbeQueue queue;
  private final Map<Long, ProbeTask> drawing = new HashMap<>();
  private final Map<Integer, ProbeTask> running = new TreeMap<>();
  private final Map<Integer, Double> progress = new TreeMap<>();
  private final Map<String, Deque<Transitions>> free = new HashMap<>();
  private Map<String, Integer> wanted = Map.of();
  private ProbeTally tally = ProbeTally.NONE;
  private long nextId;
  private int readyWorkers;
  private boolean abandoned;
  private long resumedStep = -1;
  private List<String> unfinished = List.of();

  ProbeWork(
      ProbeSettings settings, TransitionSpec spec, List<ActorRef<ProbeActor.Command>> workers) {
    this.spec = spec;
    this.workers = workers;
    // one after the other in lockstep, so that the results come in one order
    runningLimit = settings.lockstep() ? 1 : workers.size();
    queue = new ProbeQueue(settings.policy(), settings.queueSize());
  }

  /** One more worker has made its probes. */
  void ready(Map<String, Integer> transitions) {
    wanted = transitions;
    readyWorkers++;
  }

  /** Whether all workers can measure. */
  boolean ready() {
    return readyWorkers == workers.size();
  }

  /** Begins a measurement; its transitions are to be drawn next. */
  ProbeTask begin(String probe, AgentSnapshot snapshot) {
    Transitions buffer = free.computeIfAbsent(probe, name -> new ArrayDeque<>()).poll();
    if (buffer == null) {
      buffer = new Transitions(spec, wanted.get(probe));
    }
    ProbeTask task = new ProbeTask(nextId++, probe, snapshot, buffer, 1);
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
    for (int i = 0; i < workers.size() && running.size() < runningLimit; i++) {
      if (!running.containsKey(i) && queue.size() > 0) {
        ProbeTask task = queue.poll();
        running.put(i, task);
        progress.put(i, 0.0);
        workers.get(i).tell(new ProbeActor.Measure(task));
      }
    }
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
      queue.offerFirst(task.again());
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
    running.keySet().forEach(i -> workers.get(i).tell(ProbeActor.Cancel.INSTANCE));
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
