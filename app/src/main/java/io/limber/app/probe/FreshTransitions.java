package io.limber.app.probe;

import io.limber.app.config.Settings;
import io.limber.app.run.Task;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.env.Environment;
import io.limber.core.env.VectorEnvironment;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import java.util.ArrayList;
import java.util.List;

/**
 * Transitions for a snapshot whose own are not at hand: its greedy policy acts in the configured
 * environments. A pure function of the snapshot, the configuration and the seed on a CPU; not what
 * the run's replay held, which older policies and exploration filled.
 */
final class FreshTransitions {

  private final Settings settings;
  private final Task task;
  private final AgentFactory agents;

  FreshTransitions(Settings settings, Task task, AgentFactory agents) {
    this.settings = settings;
    this.task = task;
    this.agents = agents;
  }

  /**
   * Acts until there are enough, each of them once.
   *
   * @param stop is asked before each step
   * @throws java.util.concurrent.CancellationException if {@code stop} says so
   */
  Transitions draw(ParameterSnapshot snapshot, int wanted, Stop stop) {
    RandomStreams random = task.random().child("fresh-transitions");
    try (VectorEnvironment environments = new VectorEnvironment(environments(), random);
        Policy policy = agents.createPolicy()) {
      policy.load(snapshot);
      int size = environments.size();
      int[] actions = new int[size];
      // whole steps of all environments; what is too many is left out
      Transitions drawn = new Transitions(task.spec(), Math.addExact(wanted, size - 1));
      while (drawn.size() < wanted) {
        stop.check();
        policy.act(environments.observations(), size, actions);
        environments.step(actions, drawn);
      }
      drawn.setSize(wanted);
      return drawn;
    }
  }

  private List<Environment> environments() {
    List<Environment> environments = new ArrayList<>();
    for (int i = 0; i < settings.run().environments().perActor(); i++) {
      // labels and the like are the run's: they belong to the task, not to this drawing
      environments.add(task.environments().create(task.random()));
    }
    return environments;
  }
}
