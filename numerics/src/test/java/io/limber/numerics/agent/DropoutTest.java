package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.agent.Learner;
import io.limber.core.replay.Transitions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout in a transformer's updates; the batch of twelve is three updates of four. */
class DropoutTest {

  /** Nothing moves, so losses differ by what is dropped alone. */
  private static final String STILL =
      "optimizer { kind = sgd, learning-rate = 1.0e-30 }, network { kind = vit, vit { patch = 1,"
          + " dimension = 4, feed-forward = 4, heads = 2, dropout = ";

  private final Transitions batch = SmallTask.transitions(12, 1);

  @TempDir Path folder;

  @Test
  void update_sameBatchAgain_dropsOtherNumbers() {
    double[] losses = losses("0.5 } }", "twice");

    assertThat(losses[0]).isNotEqualTo(losses[1]);
  }

  @Test
  void update_equalSeeds_dropEqualNumbers() {
    assertThat(losses("0.5 } }", "one")).containsExactly(losses("0.5 } }", "other"));
  }

  @Test
  void update_rateZero_dropsNothing() {
    double[] losses = losses("0 } }", "none");

    assertThat(losses[0]).isEqualTo(losses[1]);
  }

  /** Mean losses of two calls on one batch. */
  private double[] losses(String rate, String name) {
    try (TensorFlowAgentFactory factory = SmallTask.factory(STILL + rate, folder.resolve(name));
        Learner learner = factory.createLearner()) {
      return new double[] {learner.update(batch).meanLoss(), learner.update(batch).meanLoss()};
    }
  }
}
