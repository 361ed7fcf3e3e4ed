package io.limber.core.env;

import io.limber.core.data.DataSet;
import io.limber.core.data.DataSets;
import io.limber.core.data.DataSettings;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.LabelledImages;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.random.RandomStreams;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The paper's three tasks, as a run makes them, over the embedded images. */
class BlockMdpContractTest {

  private static final RandomStreams RANDOM = new RandomStreams(1);
  private static final LabelledImages IMAGES =
      DataSets.load(new DataSettings(DataSet.MNIST, Optional.empty(), Split.TEST, 1_000));

  private static Environment create(Kind kind) {
    return EnvironmentFactory.of(TestTasks.settings(kind, 30), IMAGES).create(RANDOM);
  }

  @Nested
  class TrueLabel implements EnvironmentContract {
    @Override
    public Environment create() {
      return BlockMdpContractTest.create(Kind.TRUE_LABEL);
    }
  }

  @Nested
  class RandomLabel implements EnvironmentContract {
    @Override
    public Environment create() {
      return BlockMdpContractTest.create(Kind.RANDOM_LABEL);
    }
  }

  @Nested
  class SparseReward implements EnvironmentContract {
    @Override
    public Environment create() {
      return BlockMdpContractTest.create(Kind.SPARSE_REWARD);
    }
  }

  @Nested
  class WithoutTimeLimit implements EnvironmentContract {
    @Override
    public Environment create() {
      return new BlockMdp(BlockMdp.Rules.DENSE, IMAGES);
    }
  }
}
