package io.limber.benchmarks.agent;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.agent.Learner;
import io.limber.core.agent.Policy;
import io.limber.core.replay.Transitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the bare update's speed does the whole running agent keep, and how much of the bare
 * forward pass's do environment actors keep? Asked of it: 90 % of the updates per second with one
 * environment step per update, 80 % of the acting.
 *
 * <p>The shipped defaults (MLP 784-512-512-10, Adam), probes off. Bare: the same update function in
 * a loop on one prefilled batch. {@code benchmarks/run pipeline [ROUNDS [KEY=VALUE...]]}, about a
 * minute and a half per round.
 */
public final class PipelineBenchmark {

  private static final int WARM_UP_UPDATES = 500;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();

  private final List<String> changes;

  private PipelineBenchmark(List<String> changes) {
    this.changes = changes;
  }

  /**
   * @param arguments rounds, 3 if absent, then settings to change as for {@code --set}
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    PipelineBenchmark benchmark =
        new PipelineBenchmark(
            List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    for (int round = 1; round <= rounds; round++) {
      System.err.println("pipeline: round " + round + " of " + rounds);
      benchmark.learning(32, 1, 5000);
      benchmark.learning(32, 4, 5000);
      benchmark.learning(256, 1, 1500);
      benchmark.acting();
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("pipeline", results);
  }

  private void learning(int batchSize, int stepsPerUpdate, int updates) throws IOException {
    List<String> assignments =
        List.of(
            "learner.batch-size=" + batchSize,
            "replay.samples-per-insert=" + batchSize / stepsPerUpdate,
            "replay.tolerance=" + 64 * batchSize,
            "probe.schedule.plasticity=0",
            "run.evaluation-steps=0",
            "run.updates=" + (WARM_UP_UPDATES + updates));
    String name = "batch-" + batchSize + "-steps-per-update-" + stepsPerUpdate;
    try (AgentSetup setup = new AgentSetup(changed(assignments))) {
      double before = bareUpdates(setup, updates);
      Stretch agent = new Stretch(WARM_UP_UPDATES, WARM_UP_UPDATES + updates);
      setup.run(new ObservedAgent(setup.factory(), agent::at, count -> {}), new ArrayList<>());
      double bare = (before + bareUpdates(setup, updates)) / 2;
      add(name + "/bare-updates-per-second", bare);
      add(name + "/agent-updates-per-second", agent.perSecond());
      add(name + "/ratio", agent.perSecond() / bare);
    }
  }

  /** Half of the updates, because it is measured before and after the agent. */
  private static double bareUpdates(AgentSetup setup, int updates) {
    Transitions batch = setup.prefilled();
    try (Learner learner = setup.factory().createLearner()) {
      Stretch stretch = new Stretch(WARM_UP_UPDATES / 2, WARM_UP_UPDATES / 2 + updates / 2);
      while (learner.step() < WARM_UP_UPDATES / 2 + updates / 2) {
        stretch.at(learner.update(batch).step());
      }
      return stretch.perSecond();
    }
  }

  /** Replay takes all that the environments make until it has min-size, and nothing is learned. */
  private void acting() throws IOException {
    int steps = 256_000;
    List<String> assignments =
        List.of(
            "replay.capacity=" + 2 * steps,
            "replay.min-size=" + (steps + 6400),
            "exploration.epsilon-start=0",
            "exploration.epsilon-end=0",
            "probe.schedule.plasticity=0",
            "run.evaluation-steps=0",
            "run.updates=10");
    try (AgentSetup setup = new AgentSetup(changed(assignments))) {
      double before = bareActing(setup, steps / 2);
      Stretch agent = new Stretch(steps / 4, steps);
      AtomicLong acted = new AtomicLong();
      setup.run(
          new ObservedAgent(setup.factory(), step -> {}, count -> agent.at(acted.addAndGet(count))),
          new ArrayList<>());
      double bare = (before + bareActing(setup, steps / 2)) / 2;
      add("acting/bare-observations-per-second", bare);
      add("acting/environment-steps-per-second", agent.perSecond());
      add("acting/ratio", agent.perSecond() / bare);
    }
  }

  private static double bareActing(AgentSetup setup, int observations) {
    Transitions batch = setup.prefilled();
    int[] actions = new int[64];
    try (Learner learner = setup.factory().createLearner();
        Policy policy = setup.factory().createPolicy()) {
      policy.load(learner.snapshot());
      Stretch stretch = new Stretch(observations / 10, observations);
      for (long done = 64; done <= observations + 64; done += 64) {
        policy.act(batch.sT(), 64, actions);
        stretch.at(done);
      }
      return stretch.perSecond();
    }
  }

  private List<String> changed(List<String> assignments) {
    List<String> all = new ArrayList<>(assignments);
    all.addAll(changes);
    return all;
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }
}
