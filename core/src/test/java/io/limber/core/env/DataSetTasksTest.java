package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.data.DataSet;
import io.limber.core.data.DataSets;
import io.limber.core.data.DataSettings;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.LabelledImages;
import io.limber.core.data.OfficialFiles;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.env.ObservationSpace.ElementType;
import io.limber.core.random.RandomStreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The paper's three tasks over each data set, read from its official files. */
class DataSetTasksTest {

  private static final int IMAGES = 50;
  private static final RandomStreams RANDOM = new RandomStreams(1);

  @TempDir Path directory;

  static Stream<Arguments> tasks() {
    return Arrays.stream(DataSet.values())
        .flatMap(set -> Arrays.stream(Kind.values()).map(kind -> Arguments.of(set, kind)));
  }

  private LabelledImages load(DataSet set) throws IOException {
    OfficialFiles.write(set, directory, IMAGES, 10);
    return DataSets.load(new DataSettings(set, Optional.of(directory), Split.TRAIN, 0));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void task_overEachDataSet_showsItsImagesAndRewardsItsLabels(DataSet set, Kind kind)
      throws IOException {
    LabelledImages images = load(set);
    LabelledImages labels =
        kind == Kind.RANDOM_LABEL ? images.withRandomLabels(RANDOM.stream("labels")) : images;
    Environment environment =
        EnvironmentFactory.of(TestTasks.settings(kind, 1_000), images).create(RANDOM);
    ObservationSpace space = environment.observationSpace();
    ByteBuffer observation = ByteBuffer.allocate(space.bytes());
    environment.reset(1, observation);
    int rewards = 0;

    for (int i = 0; i < 900; i++) {
      int image = Byte.toUnsignedInt(observation.get(0)); // each byte of image i is i
      int rewarding = kind == Kind.SPARSE_REWARD ? 9 : labels.label(image);
      int action = i % 2 == 0 ? labels.label(image) : (labels.label(image) + 1) % 10;
      double reward = environment.step(action, observation.clear()).reward();
      assertThat(reward).isEqualTo(i % 2 == 0 && action == rewarding ? 1 : 0);
      rewards += (int) reward;
    }

    assertThat(space).isEqualTo(new ObservationSpace(OfficialFiles.shape(set), ElementType.UINT8));
    assertThat(environment.actionSpace()).isEqualTo(new ActionSpace(10));
    assertThat(rewards).isPositive();
  }

  @ParameterizedTest
  @EnumSource(DataSet.class)
  void load_byManyThreadsAtOnce_readsOnceAndShares(DataSet set) throws IOException {
    OfficialFiles.write(set, directory, IMAGES, 10);
    var settings = new DataSettings(set, Optional.of(directory), Split.ALL, 0);

    Set<LabelledImages> loaded = Collections.newSetFromMap(new IdentityHashMap<>());
    IntStream.range(0, 16)
        .parallel()
        .mapToObj(i -> DataSets.load(settings))
        .toList()
        .forEach(loaded::add);

    assertThat(loaded).hasSize(1);
  }
}
