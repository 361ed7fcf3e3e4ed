package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.data.LabelledImages;
import io.limber.core.data.TestImages;
import io.limber.core.env.SupervisedSettings.Labels;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisedTaskTest {

  private static final LabelledImages IMAGES = TestImages.of(4, 10);

  private final ByteBuffer observation = ByteBuffer.allocate(3);

  private static Environment create(Labels labels, long relabelEverySteps, long rootSeed) {
    return create(labels, relabelEverySteps, 0, rootSeed);
  }

  private static Environment create(
      Labels labels, long relabelEverySteps, int accuracyImages, long rootSeed) {
    return EnvironmentFactory.of(
            TestTasks.supervised(labels, relabelEverySteps, accuracyImages), IMAGES)
        .create(new RandomStreams(rootSeed));
  }

  /** The label of each image during {@code steps} steps; −1 where it was not seen. */
  private int[] labels(Environment environment, int steps) {
    int[] labels = new int[IMAGES.size()];
    Arrays.fill(labels, -1);
    for (int i = 0; i < steps; i++) {
      int image = TestImages.imageAt(observation, 0);
      Step step = environment.step(i % 4, observation.clear());
      assertThat(step.reward()).isEqualTo(step.label() == i % 4 ? 1 : 0);
      assertThat(labels[image]).as("image %d has one label", image).isIn(-1, step.label());
      labels[image] = step.label();
      if (step.last()) {
        environment.reset(observation.clear());
      }
    }
    return labels;
  }

  private int[] labelsFromTheStart(Environment environment, int steps) {
    environment.reset(3, observation.clear());
    return labels(environment, steps);
  }

  @Test
  void step_trueLabels_tellsThemAndRewardsNamingThem() {
    int[] labels = labelsFromTheStart(create(Labels.TRUE, 0, 1), 1_000);

    for (int image = 0; image < labels.length; image++) {
      assertThat(labels[image]).isEqualTo(IMAGES.label(image));
    }
  }

  @Test
  void step_randomLabels_agreeWithinARunOnly() {
    int[] labels = labelsFromTheStart(create(Labels.RANDOM, 0, 1), 1_000);

    assertThat(labels).doesNotContain(-1);
    assertThat(labelsFromTheStart(create(Labels.RANDOM, 0, 1), 1_000)).isEqualTo(labels);
    assertThat(labelsFromTheStart(create(Labels.RANDOM, 0, 2), 1_000)).isNotEqualTo(labels);
  }

  @Test
  void step_relabelling_changesAllLabelsExactlyAtTheBoundary() {
    Environment environment = create(Labels.RANDOM, 1_000, 1);
    int[] first = labelsFromTheStart(environment, 1_000); // in which no label changes
    int[] second = labels(environment, 1_000);
    int[] third = labels(environment, 1_000);

    assertThat(second).isNotEqualTo(first).isNotEqualTo(third).doesNotContain(-1);
    // a uniform label stays by chance for one image in four: 10 ± 2.7 of 40
    assertThat(IMAGES.size() - equal(first, second)).isBetween(20, 40);
    assertThat(labelsFromTheStart(environment, 1_000)).isEqualTo(first);
  }

  @Test
  void examination_afterRelabelling_hasTheSameImagesWithTheLabelsInForce() {
    Environment environment = create(Labels.RANDOM, 1_000, 12, 1);
    environment.reset(3, observation.clear());

    for (int task = 0; task < 3; task++) {
      LabelledImages sample = environment.examination().orElseThrow();
      int[] labels = labels(environment, 1_000); // in which every image is seen
      assertThat(sample.size()).isEqualTo(12);
      for (int i = 0; i < sample.size(); i++) {
        ByteBuffer image = ByteBuffer.allocate(3);
        sample.copyImage(i, image);
        assertThat(TestImages.imageAt(image, 0)).isEqualTo(i);
        assertThat(sample.label(i)).isEqualTo(labels[i]);
      }
    }
  }

  @Test
  void examination_ofMoreImagesThanThereAre_isOfAll_andOfNoneIsEmpty() {
    Environment all = create(Labels.TRUE, 0, 4_096, 1);
    all.reset(3, observation.clear());
    Environment none = create(Labels.TRUE, 0, 0, 1);
    none.reset(3, observation.clear());

    assertThat(all.examination().orElseThrow().size()).isEqualTo(IMAGES.size());
    assertThat(none.examination()).isEmpty();
  }

  private static int equal(int[] one, int[] other) {
    int equal = 0;
    for (int i = 0; i < one.length; i++) {
      equal += one[i] == other[i] ? 1 : 0;
    }
    return equal;
  }

  @Test
  void vector_labelledSteps_storesLabelsAsActions() {
    try (VectorEnvironment vector =
        new VectorEnvironment(
            List.of(create(Labels.TRUE, 0, 1), create(Labels.TRUE, 0, 1)), new RandomStreams(1))) {
      Transitions into = new Transitions(new TransitionSpec(3), 100);
      for (int i = 0; i < 50; i++) {
        vector.step(new int[] {0, 1}, into);
      }
      for (int row = 0; row < 100; row++) {
        int label = IMAGES.label(TestImages.imageAt(into.sTm1(), 3 * row));
        assertThat(into.actions().get(row)).isEqualTo(label);
        assertThat(into.rewards().get(row)).isEqualTo(label == row % 2 ? 1f : 0f);
      }
    }
  }
}
