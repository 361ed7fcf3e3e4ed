package io.limber.numerics.agent;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.core.config.Section;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.objective.ReferenceObjective;
import java.nio.file.Path;
import java.util.List;

/** A task small enough to compute by hand: 2x3 pixels, 4 actions, two hidden layers of 7 and 5. */
public final class SmallTask {

  public static final ObservationSpace OBSERVATIONS =
      new ObservationSpace(List.of(2, 3, 1), ObservationSpace.ElementType.UINT8);
  public static final ActionSpace ACTIONS = new ActionSpace(4);

  private SmallTask() {}

  /** The defaults at small size, then {@code overrides} (HOCON below {@code limber}). */
  public static NumericsSettings settings(String overrides) {
    Config small =
        ConfigFactory.parseString(
            "limber { device = cpu, network.hidden-widths = [7, 5], learner { batch-size = 4,"
                + " updates-per-call = 3, target-update-period = 6 }, plasticity { targets = 3, steps ="
                + " 20, transitions = 32, batch-size = 8 }, hessian.transitions = 32,"
                + " gradient-covariance { examples = 16, clusters = 3 }, statistics.transitions = 32 }");
    Config config =
        ConfigFactory.parseString("limber { " + overrides + " }")
            .withFallback(small)
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve();
    return NumericsSettings.from(Section.of(config, "limber"));
  }

  /** What the objective is in double precision. */
  public static ReferenceObjective objective(NumericsSettings settings) {
    return new ReferenceObjective(settings.objective(), ACTIONS.actions());
  }

  /** The network up to the outputs that the objective learns. */
  static ReferenceNetwork network(NumericsSettings settings) {
    return new ReferenceNetwork(6, 7, 5, objective(settings).outputs());
  }

  /** A factory with programs under {@code folder} and seed 7. */
  public static TensorFlowAgentFactory factory(String overrides, Path folder) {
    return new TensorFlowAgentFactory(
        settings(overrides), new RandomStreams(7), OBSERVATIONS, ACTIONS, folder);
  }

  /** Random transitions; a quarter of them terminate. */
  public static Transitions transitions(int rows, long seed) {
    SeededRandom random = new SeededRandom(seed);
    Transitions batch = new Transitions(new TransitionSpec(OBSERVATIONS.bytes()), rows);
    for (int i = 0; i < rows * OBSERVATIONS.bytes(); i++) {
      batch.sTm1().put(i, (byte) random.nextInt(256));
      batch.sT().put(i, (byte) random.nextInt(256));
    }
    for (int row = 0; row < rows; row++) {
      batch.actions().put(row, random.nextInt(ACTIONS.actions()));
      batch.rewards().put(row, (float) random.nextGaussian());
      batch.discounts().put(row, random.nextInt(4) == 0 ? 0 : 1);
    }
    batch.setSize(rows);
    return batch;
  }
}
