package io.limber.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.data.LabelledImages;
import io.limber.core.data.TestImages;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.env.TestTasks;
import io.limber.core.env.VectorEnvironment;
import io.limber.core.random.RandomStreams;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GreedyEvaluationTest {

  private static final LabelledImages IMAGES = TestImages.of(10, 5);

  /** Reads the label off the image, and is wrong for the labels below {@code wrongBelow}. */
  private record LabelReader(int wrongBelow) implements Policy {

    @Override
    public void load(ParameterSnapshot snapshot) {
      throw new AssertionError("an evaluation must not change the policy");
    }

    @Override
    public long step() {
      return 0;
    }

    @Override
    public void act(ByteBuffer observations, int count, int[] actions) {
      for (int i = 0; i < count; i++) {
        int label = IMAGES.label(TestImages.imageAt(observations, 3 * i));
        actions[i] = label < wrongBelow ? (label + 1) % 10 : label;
      }
    }

    @Override
    public void close() {}
  }

  private static VectorEnvironment environments(Kind kind, int size) {
    RandomStreams random = new RandomStreams(1);
    EnvironmentFactory factory = EnvironmentFactory.of(TestTasks.settings(kind, 20), IMAGES);
    return new VectorEnvironment(
        Stream.generate(() -> factory.create(random)).limit(size).toList(), random);
  }

  private static double meanReward(Policy policy, Kind kind, int steps) {
    try (VectorEnvironment environments = environments(kind, 8)) {
      return GreedyEvaluation.meanReward(policy, environments, steps, () -> false);
    }
  }

  @Test
  void meanReward_ofAPerfectPolicy_isOne() {
    assertThat(meanReward(new LabelReader(0), Kind.TRUE_LABEL, 1_000)).isEqualTo(1.0);
  }

  @Test
  void meanReward_ofAPolicyWrongForThreeClasses_isSevenTenths() {
    // standard error 0.005 with 10,000 steps; five are allowed
    assertThat(meanReward(new LabelReader(3), Kind.TRUE_LABEL, 10_000)).isBetween(0.675, 0.725);
  }

  @Test
  void meanReward_ofAPerfectPolicyOnTheSparseTask_isNearOneTenth() {
    // a round of ten steps has one reward; episodes of 20 steps have exactly two
    assertThat(meanReward(new LabelReader(0), Kind.SPARSE_REWARD, 8 * 20)).isEqualTo(0.1);
  }

  @Test
  void meanReward_fewerStepsThanEnvironments_stepsEachOnce() {
    assertThat(meanReward(new LabelReader(0), Kind.TRUE_LABEL, 1)).isEqualTo(1.0);
  }

  @Test
  void meanReward_cancelledHalfway_endsThere() {
    AtomicInteger looks = new AtomicInteger();
    try (VectorEnvironment environments = environments(Kind.TRUE_LABEL, 8)) {
      assertThatThrownBy(
              () ->
                  GreedyEvaluation.meanReward(
                      new LabelReader(0),
                      environments,
                      Integer.MAX_VALUE,
                      () -> looks.incrementAndGet() > 2))
          .isInstanceOf(CancellationException.class)
          .hasMessage("cancelled after 16 of 2147483647 steps");
    }
  }

  @Test
  void meanReward_withoutSteps_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meanReward(new LabelReader(0), Kind.TRUE_LABEL, 0))
        .withMessage("steps = 0 must be at least 1");
  }
}
