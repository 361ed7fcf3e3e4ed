package io.limber.core.env;

import io.limber.core.data.TestImages;
import io.limber.core.env.SupervisedSettings.Labels;
import io.limber.core.random.RandomStreams;
import org.junit.jupiter.api.Nested;

/** The supervised task as a run makes it, with labels that change within the checks. */
class SupervisedTaskContractTest {

  private static Environment create(Labels labels, long relabelEverySteps) {
    return EnvironmentFactory.of(
            TestTasks.supervised(labels, relabelEverySteps, 5), TestImages.of(4, 10))
        .create(new RandomStreams(1));
  }

  @Nested
  class TrueLabels implements EnvironmentContract {
    @Override
    public Environment create() {
      return SupervisedTaskContractTest.create(Labels.TRUE, 0);
    }
  }

  @Nested
  class ChangingLabels implements EnvironmentContract {
    @Override
    public Environment create() {
      return SupervisedTaskContractTest.create(Labels.RANDOM, 17);
    }
  }
}
