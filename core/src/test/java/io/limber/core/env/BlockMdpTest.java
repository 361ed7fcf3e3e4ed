package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.limber.core.data.LabelledImages;
import io.limber.core.data.TestImages;
import io.limber.core.env.BlockMdp.Rules;
import io.limber.core.random.SeededRandom;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockMdpTest {

  private static final int CLASSES = 10;
  private static final int PER_CLASS = 7;
  private static final LabelledImages IMAGES = TestImages.of(CLASSES, PER_CLASS);

  /** Beyond it lies one in a thousand of the chi-square distribution with 9 degrees of freedom. */
  private static final double CHI_SQUARE_9 = 27.88;

  /** The same with 69 degrees of freedom. */
  private static final double CHI_SQUARE_69 = 111.06;

  private final ByteBuffer observation = ByteBuffer.allocate(3);

  private BlockMdp started(Rules rules, long seed) {
    BlockMdp mdp = new BlockMdp(rules, IMAGES);
    mdp.reset(seed, observation.clear());
    return mdp;
  }

  private Step step(BlockMdp mdp, int action) {
    return mdp.step(action, observation.clear());
  }

  private static double chiSquare(int[] counts) {
    double total = 0;
    for (int count : counts) {
      total += count;
    }
    double expected = total / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  @Test
  void spaces_ofLabelledImages_areTheirShapeAndClasses() {
    BlockMdp mdp = new BlockMdp(Rules.DENSE, IMAGES);

    assertThat(mdp.observationSpace())
        .isEqualTo(new ObservationSpace(List.of(1, 3, 1), ObservationSpace.ElementType.UINT8));
    assertThat(mdp.actionSpace()).isEqualTo(new ActionSpace(CLASSES));
  }

  @Test
  void dense_everyStateAndAction_rewardsExactlyTheNamedState() {
    BlockMdp mdp = started(Rules.DENSE, 1);
    int[][] visits = new int[CLASSES][CLASSES];
    SeededRandom actions = new SeededRandom(2);

    for (int i = 0; i < 20_000; i++) {
      int state = mdp.state();
      int action = actions.nextInt(CLASSES);
      assertThat(step(mdp, action)).isEqualTo(new Step(action == state ? 1 : 0, false, false));
      visits[state][action]++;
    }

    for (int[] row : visits) {
      assertThat(row).doesNotContain(0);
    }
  }

  @Test
  void sparse_everyStateAndAction_rewardsTheNamedLastStateOnly() {
    BlockMdp mdp = started(Rules.SPARSE, 1);
    int[][] visits = new int[CLASSES][CLASSES];
    SeededRandom actions = new SeededRandom(2);

    for (int i = 0; i < 20_000; i++) {
      int state = mdp.state();
      int action = actions.nextInt(CLASSES);
      double reward = state == 9 && action == 9 ? 1 : 0;
      assertThat(step(mdp, action)).isEqualTo(new Step(reward, false, false));
      if (action == state) {
        assertThat(mdp.state()).isEqualTo((state + 1) % CLASSES);
      }
      visits[state][action]++;
    }

    for (int[] row : visits) {
      assertThat(row).doesNotContain(0);
    }
  }

  @Test
  void sparse_alwaysNamingTheState_walksInACircleWithOneRewardARound() {
    BlockMdp mdp = started(Rules.SPARSE, 3);

    double rewards = 0;
    for (int i = 0; i < 1_000; i++) {
      rewards += step(mdp, mdp.state()).reward();
    }

    assertThat(rewards).isEqualTo(100);
  }

  /** From each state, naming it or not: the next state is uniform, and the state is forgotten. */
  @Test
  void dense_nextState_isUniformFromEachState() {
    for (boolean named : new boolean[] {true, false}) {
      int[][] next = transitions(Rules.DENSE, named);
      for (int[] row : next) {
        assertThat(chiSquare(row)).isLessThan(CHI_SQUARE_9);
      }
    }
  }

  @Test
  void sparse_nextStateAfterAWrongName_isUniformFromEachState() {
    for (int[] row : transitions(Rules.SPARSE, false)) {
      assertThat(chiSquare(row)).isLessThan(CHI_SQUARE_9);
    }
  }

  private int[][] transitions(Rules rules, boolean named) {
    BlockMdp mdp = started(rules, 5);
    int[][] counts = new int[CLASSES][CLASSES];
    for (int i = 0; i < 50_000; i++) {
      int state = mdp.state();
      step(mdp, named ? state : (state + 1) % CLASSES);
      counts[state][mdp.state()]++;
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource
  void reset_firstState_isUniform(Rules rules) {
    int[] counts = new int[CLASSES];
    BlockMdp mdp = started(rules, 6);
    for (int i = 0; i < 10_000; i++) {
      mdp.reset(observation.clear());
      counts[mdp.state()]++;
    }

    assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_9);
  }

  @ParameterizedTest
  @EnumSource
  void observation_ofEachState_isAUniformImageWithItsLabel(Rules rules) {
    BlockMdp mdp = started(rules, 7);
    int[] counts = new int[CLASSES * PER_CLASS];
    for (int i = 0; i < 50_000; i++) {
      step(mdp, (mdp.state() + 1) % CLASSES);
      int image = TestImages.imageAt(observation, 0);
      assertThat(observation.get(2)).isEqualTo((byte) mdp.state());
      assertThat(IMAGES.label(image)).isEqualTo(mdp.state());
      counts[image]++;
    }

    assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_69);
  }

  @Test
  void construction_classWithoutAnImage_isRefusedWithItsNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockMdp(Rules.DENSE, IMAGES.first(9)))
        .withMessage(
            "no image of class 9 among the first 9 of 70 synthetic images, so its state could not"
                + " be shown; raise limber.data.limit");
  }

  @Test
  void step_beforeTheFirstReset_isRefused() {
    BlockMdp mdp = new BlockMdp(Rules.DENSE, IMAGES);

    assertThatIllegalStateException()
        .isThrownBy(() -> step(mdp, 0))
        .withMessage("reset it with a seed first");
  }

  @Test
  void step_actionOutsideTheSpace_isRefusedWithTheRange() {
    BlockMdp mdp = started(Rules.DENSE, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(mdp, 10))
        .withMessage("action = 10 must lie in [0, 9]");
  }
}
