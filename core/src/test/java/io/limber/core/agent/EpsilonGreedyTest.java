package io.limber.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.limber.core.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EpsilonGreedyTest {

  private static final int GREEDY = 3;

  private static EpsilonGreedy constant(double epsilon) {
    return new EpsilonGreedy(new ExplorationSettings(epsilon, epsilon, 1), 10, new SeededRandom(1));
  }

  private static int[] explored(EpsilonGreedy exploration, int size, int count) {
    int[] actions = new int[size];
    Arrays.fill(actions, GREEDY);
    exploration.explore(actions, count);
    return actions;
  }

  @Test
  void explore_epsilonZero_changesNothing() {
    assertThat(explored(constant(0), 1_000, 1_000)).containsOnly(GREEDY);
  }

  @Test
  void explore_fewerThanTheArrayHolds_leavesTheRest() {
    int[] actions = explored(constant(1), 1_000, 500);

    assertThat(Arrays.copyOfRange(actions, 500, 1_000)).containsOnly(GREEDY);
  }

  /** Epsilon 0.5 and 10 actions: each of the other nine 1 in 20, the greedy one 11 in 20. */
  @Test
  void explore_epsilonHalf_replacesHalfByUniformActions() {
    int[] counts = new int[10];
    for (int action : explored(constant(0.5), 100_000, 100_000)) {
      counts[action]++;
    }

    // standard deviations 69 and 157; five are allowed
    for (int action = 0; action < 10; action++) {
      int expected = action == GREEDY ? 55_000 : 5_000;
      int bound = action == GREEDY ? 785 : 345;
      assertThat(counts[action]).isBetween(expected - bound, expected + bound);
    }
  }

  @Test
  void explore_equalSeeds_givesEqualActions() {
    assertThat(explored(constant(0.5), 100, 100)).isEqualTo(explored(constant(0.5), 100, 100));
  }

  @Test
  void epsilon_afterExploring_hasFallenByTheCountedSteps() {
    EpsilonGreedy exploration =
        new EpsilonGreedy(new ExplorationSettings(1.0, 0.0, 100), 10, new SeededRandom(1));

    assertThat(exploration.epsilon()).isEqualTo(1.0);
    exploration.explore(new int[64], 25);
    assertThat(exploration.epsilon()).isEqualTo(0.75);
    exploration.explore(new int[64], 64);
    exploration.explore(new int[64], 64);
    assertThat(exploration.epsilon()).isEqualTo(0.0);
  }

  @Test
  void restore_ofWhatAnotherSaved_goesOnAsThatOneDoes() {
    EpsilonGreedy one =
        new EpsilonGreedy(new ExplorationSettings(1.0, 0.0, 1_000), 10, new SeededRandom(1));
    EpsilonGreedy other =
        new EpsilonGreedy(new ExplorationSettings(1.0, 0.0, 1_000), 10, new SeededRandom(2));
    explored(one, 300, 300);
    other.restore(one.save());

    assertThat(explored(other, 300, 300)).isEqualTo(explored(one, 300, 300));
    assertThat(other.epsilon()).isEqualTo(one.epsilon());
  }

  @Test
  void construction_withoutActions_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new EpsilonGreedy(new ExplorationSettings(1, 0, 1), 0, new SeededRandom(1)))
        .withMessage("actions = 0 must be at least 1");
  }
}
