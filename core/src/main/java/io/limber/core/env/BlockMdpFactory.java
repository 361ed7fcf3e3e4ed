package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.env.BlockMdp.Rules;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.random.RandomStreams;

/** Makes the paper's block MDPs, time-limited; all instances of one run show one set of images. */
final class BlockMdpFactory implements EnvironmentFactory {

  private final EnvironmentSettings settings;
  private final LabelledImages images;
  private RandomStreams relabelledFor; // guarded by this, as is relabelled
  private LabelledImages relabelled;

  BlockMdpFactory(EnvironmentSettings settings, LabelledImages images) {
    this.settings = settings;
    this.images = images;
  }

  @Override
  public Environment create(RandomStreams random) {
    Rules rules = settings.kind() == Kind.SPARSE_REWARD ? Rules.SPARSE : Rules.DENSE;
    LabelledImages shown = settings.kind() == Kind.RANDOM_LABEL ? relabelled(random) : images;
    return new TimeLimit(new BlockMdp(rules, shown), settings.maxEpisodeSteps());
  }

  /** The labels of the run with these streams; drawn again only when the run is another one. */
  private synchronized LabelledImages relabelled(RandomStreams random) {
    if (!random.equals(relabelledFor)) {
      relabelled = images.withRandomLabels(random.stream("labels"));
      relabelledFor = random;
    }
    return relabelled;
  }
}
