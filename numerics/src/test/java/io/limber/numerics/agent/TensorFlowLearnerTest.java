package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.Learner;
import io.limber.core.agent.NonFiniteLossException;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.replay.Transitions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFlowLearnerTest {

  /** Narrow enough that rewards of N(0, 1) reach beyond it. */
  private static final String CATEGORICAL =
      "objective.output = categorical, objective.categorical { bins = 7, min = -1.5, max = 2,"
          + " projection = ";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "objective.kind = double-dqn",
        "objective { loss = huber, huber-threshold = 0.3 }",
        "objective { kind = double-dqn, loss = huber, discount = 0.5 }",
        CATEGORICAL + "two-hot }",
        CATEGORICAL + "hl-gauss }",
        CATEGORICAL + "c51 }",
        CATEGORICAL + "two-hot }, objective.kind = double-dqn",
        CATEGORICAL + "hl-gauss, sigma = 2.5 }, objective.kind = double-dqn",
        CATEGORICAL + "c51 }, objective { kind = double-dqn, discount = 0.5 }",
        "objective.kind = classification",
        "objective.kind = regression",
        "optimizer.adam { beta2 = 0.9, inner-epsilon = 1.0e-3 }",
        "optimizer.adam { epsilon = 0.1 }",
        "optimizer.adam { epsilon = 0.0, inner-epsilon = 1.0e-2 }",
        "optimizer.max-gradient-norm = 0.05",
        "optimizer.weight-decay = 0.1",
        "optimizer { weight-decay = 0.1, max-gradient-norm = 0.05 }",
        "optimizer { kind = adamw, adamw.weight-decay = 10 }",
        "optimizer { kind = adamw, adamw.weight-decay = 10, adam { beta2 = 0.9, inner-epsilon = 1.0e-3 },"
            + " schedule { kind = linear, warm-up-steps = 5, decay-steps = 10 } }",
        "optimizer.schedule { warm-up-steps = 7 }",
        "optimizer.schedule { kind = linear, decay-steps = 20, final-share = 0.25 }",
        "optimizer.schedule { kind = cosine, warm-up-steps = 3, decay-steps = 15, final-share = 0.1 }",
        "optimizer { kind = rmsprop, weight-decay = 0.01, schedule { kind = cosine, decay-steps = 30 } }",
        "optimizer { kind = sgd, weight-decay = 0.1, learning-rate = 1.0e-2, sgd.momentum = 0.9,"
            + " schedule { kind = linear, decay-steps = 30 } }",
        "optimizer { kind = rmsprop, learning-rate = 1.0e-3 }",
        "optimizer { kind = rmsprop, rmsprop { centred = true, momentum = 0.9, epsilon = 1.0e-2 } }",
        "optimizer { kind = sgd, learning-rate = 1.0e-2 }",
        "optimizer { kind = sgd, learning-rate = 1.0e-2, sgd.momentum = 0.9 }",
        "optimizer { kind = sgd, learning-rate = 1.0e-2, max-gradient-norm = 0.05 }",
        "learner.updates-per-call = 1",
        "learner { updates-per-call = 2, target-update-period = 2 }"
      })
  void update_anyConfiguration_followsTheEquationsInDoublePrecision(String overrides) {
    NumericsSettings settings = SmallTask.settings(overrides);
    ReferenceNetwork network = SmallTask.network(settings);
    try (TensorFlowAgentFactory factory = SmallTask.factory(overrides, folder);
        Learner learner = factory.createLearner()) {
      float[] initial = values(learner.snapshot());
      ReferenceAgent reference =
          new ReferenceAgent(
              network,
              SmallTask.objective(settings),
              new ReferenceOptimizer(settings.optimizer(), network.kernels()),
              initial);
      for (int call = 0; call < 8; call++) {
        Transitions batch = SmallTask.transitions(settings.learner().transitionsPerCall(), call);
        double loss = learner.update(batch).meanLoss();
        // float32 carries 7 digits; the loss sums few terms of size 1
        assertThat(loss).isCloseTo(referenceCall(reference, batch, settings, call), within(2e-6));
      }
      // 24 steps of about 1e-3 each: rounding in gradients near Adam's epsilon is amplified most
      assertClose(values(learner.snapshot()), reference.online, 5e-6);
      assertClose(values(target(learner)), reference.target, 5e-6);
    }
  }

  private static double referenceCall(
      ReferenceAgent reference, Transitions batch, NumericsSettings settings, int call) {
    int updates = settings.learner().updatesPerCall();
    int size = settings.learner().batchSize();
    double loss = 0;
    for (int k = 0; k < updates; k++) {
      loss += reference.update(batch, k * size, size) / updates;
    }
    if ((call + 1) * updates % settings.learner().targetUpdatePeriod() == 0) {
      reference.target = reference.online.clone();
    }
    return loss;
  }

  @Test
  void update_targetPeriodReached_synchronisesExactlyThen() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner()) {
      float[] initial = values(learner.snapshot());
      learner.update(SmallTask.transitions(12, 1));
      assertThat(values(target(learner))).isEqualTo(initial);
      assertThat(target(learner).step()).isZero();

      learner.update(SmallTask.transitions(12, 2)); // step 6, the period
      float[] synchronised = values(learner.snapshot());
      assertThat(values(target(learner))).isEqualTo(synchronised);

      learner.update(SmallTask.transitions(12, 3));
      assertThat(values(target(learner))).isEqualTo(synchronised);
      assertThat(target(learner).step()).isEqualTo(6);
    }
  }

  @Test
  void learners_sameSeedAndBatches_areBitIdentical() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner one = factory.createLearner();
        Learner other = factory.createLearner()) {
      for (int call = 0; call < 20; call++) {
        assertThat(one.update(SmallTask.transitions(12, call)))
            .isEqualTo(other.update(SmallTask.transitions(12, call)));
      }
      assertThat(values(one.snapshot())).isEqualTo(values(other.snapshot()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule { kind = linear, final-share = 1 }",
        "schedule { kind = cosine, final-share = 1 }",
        "schedule.warm-up-steps = 1",
        "weight-decay = 0",
        "kind = adamw, adamw.weight-decay = 0"
      })
  void update_strengthZero_isBitIdenticalToNone(String noStrength) {
    String none = "optimizer { " + noStrength + " }";
    try (TensorFlowAgentFactory plain = SmallTask.factory("", folder.resolve("plain"));
        TensorFlowAgentFactory with = SmallTask.factory(none, folder.resolve("with"));
        Learner one = plain.createLearner();
        Learner other = with.createLearner()) {
      for (int call = 0; call < 8; call++) {
        Transitions batch = SmallTask.transitions(12, call);
        assertThat(other.update(batch)).isEqualTo(one.update(batch));
      }
      assertThat(values(other.snapshot())).isEqualTo(values(one.snapshot()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "categorical"})
  void update_nonFiniteReward_isRefusedWithTheStep(String output) {
    try (TensorFlowAgentFactory factory =
            SmallTask.factory("objective.output = " + output, folder);
        Learner learner = factory.createLearner()) {
      Transitions batch = SmallTask.transitions(12, 1);
      batch.rewards().put(5, Float.NaN);

      assertThatThrownBy(() -> learner.update(batch))
          .isInstanceOf(NonFiniteLossException.class)
          .hasMessageContaining("NaN at learner step 3")
          .hasMessageContaining("limber.optimizer.learning-rate");
    }
  }

  @Test
  void update_wrongNumberOfTransitions_isRefused() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner()) {
      assertThatThrownBy(() -> learner.update(SmallTask.transitions(11, 1)))
          .hasMessageContaining("takes 12 transitions of 6-byte observations, not 11");
    }
  }

  @Test
  void snapshot_laterUpdates_doNotChangeIt() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner()) {
      learner.update(SmallTask.transitions(12, 1));
      ParameterSnapshot snapshot = learner.snapshot();
      float[] then = values(snapshot);
      learner.update(SmallTask.transitions(12, 2));

      assertThat(snapshot.step()).isEqualTo(3);
      assertThat(values(snapshot)).isEqualTo(then).isNotEqualTo(values(learner.snapshot()));
    }
  }

  static float[] values(ParameterSnapshot snapshot) {
    float[] values = new float[snapshot.layout().size()];
    snapshot.values().get(values);
    return values;
  }

  private static void assertClose(float[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("parameter " + i).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static ParameterSnapshot target(Learner learner) {
    return learner.agentSnapshot().target().orElseThrow();
  }
}
