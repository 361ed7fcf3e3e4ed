package io.limber.numerics.intervention;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.intervention.Firing;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The small agent after some calls of update, always on the same batches. Two of them that differ
 * in an intervention are equal until it fires.
 *
 * @param losses of each call
 * @param firings of all calls
 */
record Trained(AgentSnapshot end, List<Double> losses, List<Firing> firings) {

  static Trained with(String overrides, int calls, Path folder) {
    try (TensorFlowAgentFactory factory = SmallTask.factory(overrides, folder);
        Learner learner = factory.createLearner()) {
      List<Double> losses = new ArrayList<>();
      List<Firing> firings = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        var report = learner.update(batch(learner, call));
        losses.add(report.meanLoss());
        firings.addAll(report.firings());
      }
      return new Trained(learner.agentSnapshot(), losses, firings);
    }
  }

  /** What the learner is fed in a call. */
  static Transitions batch(Learner learner, int call) {
    return SmallTask.transitions(learner.batchSize() * learner.updatesPerCall(), call);
  }

  float[] online() {
    return values(end.online());
  }

  float[] target() {
    return values(end.target().orElseThrow());
  }

  /** Of Adam: the first moments, the second ones, two powers and the rate's factor. */
  float[] slots() {
    return values(end.optimizer().orElseThrow());
  }

  /** Where a tensor begins. */
  int offset(String tensor) {
    return end.layout().offset(index(tensor));
  }

  /** Numbers in a tensor. */
  int size(String tensor) {
    return end.layout().tensors().get(index(tensor)).size();
  }

  private int index(String tensor) {
    return end.layout().tensors().stream().map(t -> t.name()).toList().indexOf(tensor);
  }

  static float[] values(ParameterSnapshot snapshot) {
    float[] values = new float[snapshot.layout().size()];
    snapshot.values().get(values);
    return values;
  }
}
