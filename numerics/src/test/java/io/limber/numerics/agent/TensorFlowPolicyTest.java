package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.replay.Transitions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFlowPolicyTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "objective { output = categorical, categorical.bins = 7 }",
        "objective.kind = classification"
      })
  void act_loadedSnapshot_isGreedyByTheReference(String overrides) {
    NumericsSettings settings = SmallTask.settings(overrides);
    try (TensorFlowAgentFactory factory = SmallTask.factory(overrides, folder);
        Learner learner = factory.createLearner();
        Policy policy = factory.createPolicy()) {
      for (int call = 0; call < 5; call++) {
        learner.update(SmallTask.transitions(12, call));
      }
      ParameterSnapshot snapshot = learner.snapshot();
      policy.load(snapshot);
      Transitions seen = SmallTask.transitions(64, 99);
      int[] actions = new int[64];
      policy.act(seen.sT(), 64, actions);

      ReferenceAgent reference =
          new ReferenceAgent(
              SmallTask.network(settings),
              SmallTask.objective(settings),
              null,
              TensorFlowLearnerTest.values(snapshot));
      for (int row = 0; row < 64; row++) {
        assertThat(actions[row])
            .isEqualTo(reference.greedy(ReferenceAgent.observation(seen.sT(), seen, row)));
      }
      assertThat(actions).contains(actions[0]).isNotEqualTo(new int[64]);
      assertThat(policy.step()).isEqualTo(15);
    }
  }

  @Test
  void act_equalValues_takesTheLowestAction() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner();
        Policy policy = factory.createPolicy()) {
      int size = learner.layout().size();
      policy.load(ParameterSnapshot.owning(0, learner.layout(), new float[size]));
      int[] actions = {9, 9, 9};
      policy.act(SmallTask.transitions(3, 1).sT(), 3, actions);
      assertThat(actions).containsOnly(0);
    }
  }

  @Test
  void act_beforeLoad_isRefused() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Policy policy = factory.createPolicy()) {
      assertThat(policy.step()).isEqualTo(-1);
      assertThatThrownBy(() -> policy.act(SmallTask.transitions(1, 1).sT(), 1, new int[1]))
          .hasMessageContaining("load a snapshot first");
    }
  }

  @Test
  void load_otherArchitecture_isRefused() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        TensorFlowAgentFactory wider =
            SmallTask.factory("network.hidden-widths = [8]", folder.resolve("wider"));
        Learner learner = wider.createLearner();
        Policy policy = factory.createPolicy()) {
      assertThatThrownBy(() -> policy.load(learner.snapshot()))
          .hasMessage(
              "the snapshot is of 2x3x1-flatten-dense8-relu-dense4, not of"
                  + " 2x3x1-flatten-dense7-relu-dense5-relu-dense4");
    }
  }
}
