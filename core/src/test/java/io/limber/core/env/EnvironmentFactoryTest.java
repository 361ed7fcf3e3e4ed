package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.data.LabelledImages;
import io.limber.core.data.TestImages;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.random.RandomStreams;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnvironmentFactoryTest {

  private static final LabelledImages IMAGES = TestImages.of(4, 50);

  private final ByteBuffer observation = ByteBuffer.allocate(3);

  private static EnvironmentFactory factory(Kind kind) {
    return EnvironmentFactory.of(TestTasks.settings(kind, 1_000_000), IMAGES);
  }

  /** For each image the one action that was rewarded; −1 where none was seen. */
  private int[] rewardedActions(Environment environment) {
    int[] rewarded = new int[IMAGES.size()];
    Arrays.fill(rewarded, -1);
    environment.reset(1, observation.clear());
    for (int i = 0; i < 20_000; i++) {
      int image = TestImages.imageAt(observation, 0);
      int action = i % 4;
      if (environment.step(action, observation.clear()).reward() > 0) {
        assertThat(rewarded[image]).as("image %d has one label", image).isIn(-1, action);
        rewarded[image] = action;
      }
    }
    return rewarded;
  }

  private int[] rewardedActions(Kind kind, long rootSeed) {
    return rewardedActions(factory(kind).create(new RandomStreams(rootSeed)));
  }

  @Test
  void create_trueLabel_rewardsEachImagesLabel() {
    int[] rewarded = rewardedActions(Kind.TRUE_LABEL, 1);

    for (int image = 0; image < rewarded.length; image++) {
      assertThat(rewarded[image]).isEqualTo(IMAGES.label(image));
    }
  }

  @Test
  void create_randomLabel_rewardsOneFixedLabelPerImageThatIsOftenNotItsOwn() {
    int[] rewarded = rewardedActions(Kind.RANDOM_LABEL, 1);

    long own = 0;
    for (int image = 0; image < rewarded.length; image++) {
      own += rewarded[image] == IMAGES.label(image) ? 1 : 0;
    }
    // one in four by chance: 50 ± 6 of 200; four standard deviations are allowed
    assertThat(own).isBetween(25L, 75L);
    assertThat(rewarded).doesNotContain(-1);
  }

  @Test
  void create_randomLabelTwice_agreesWithinARunOnly() {
    EnvironmentFactory factory = factory(Kind.RANDOM_LABEL);
    int[] first = rewardedActions(factory.create(new RandomStreams(1)));

    assertThat(rewardedActions(factory.create(new RandomStreams(1)))).isEqualTo(first);
    assertThat(rewardedActions(Kind.RANDOM_LABEL, 1)).isEqualTo(first);
    assertThat(rewardedActions(factory.create(new RandomStreams(2)))).isNotEqualTo(first);
  }

  @Test
  void create_sparseReward_rewardsTheLastLabelOnly() {
    int[] rewarded = rewardedActions(Kind.SPARSE_REWARD, 1);

    for (int image = 0; image < rewarded.length; image++) {
      assertThat(rewarded[image]).isEqualTo(IMAGES.label(image) == 3 ? 3 : -1);
    }
  }

  @Test
  void create_withALimit_truncatesThere() {
    Environment environment =
        EnvironmentFactory.of(TestTasks.settings(Kind.TRUE_LABEL, 1), IMAGES)
            .create(new RandomStreams(1));
    environment.reset(1, observation.clear());

    assertThat(environment.step(0, observation.clear()).truncated()).isTrue();
  }
}
