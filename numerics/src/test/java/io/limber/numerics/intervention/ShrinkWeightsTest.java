package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.TestNetworks;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShrinkWeightsTest {

  @TempDir Path folder;

  @Test
  void apply_wholeNetwork_isShrinkTimesWeightsPlusPerturbTimesADraw() {
    Trained without = Trained.with("", 2, folder.resolve("without"));
    Trained with =
        Trained.with(
            "interventions.shrink-and-perturb { when = once 6, shrink = 0.7, perturb = 0.4 }",
            2,
            folder.resolve("with"));

    // the draws, by a network of the same shape from the intervention's own stream
    Network network = TestNetworks.dense(6, 7, 5, 4);
    SeededRandom random = new RandomStreams(7).stream("intervention-shrink-and-perturb");
    float[] psi = network.initialise(random);
    for (int i = 0; i < psi.length; i++) {
      // one rounding to float32 of a number of size 1
      assertThat((double) with.online()[i])
          .isCloseTo(0.7 * without.online()[i] + 0.4 * psi[i], within(1e-7));
    }
    assertThat(Arrays.copyOf(with.slots(), 2 * psi.length)).containsOnly(0);
  }

  @Test
  void apply_oneLayer_leavesTheOthers() {
    Trained without = Trained.with("", 2, folder.resolve("without"));
    Trained with =
        Trained.with(
            "interventions.shrink-and-perturb { when = once 6, layers = [dense-1] }",
            2,
            folder.resolve("with"));

    int from = without.offset("dense-1/kernel");
    int to = without.offset("dense-2/kernel");
    int changed = 0;
    for (int i = 0; i < with.online().length; i++) {
      boolean same = with.online()[i] == without.online()[i];
      boolean sameSlot = with.slots()[i] == without.slots()[i];
      assertThat(same && sameSlot || i >= from && i < to).as("parameter " + i).isTrue();
      changed += same ? 0 : 1;
    }
    assertThat(changed).isEqualTo(to - from);
    assertThat(with.firings()).extracting(f -> f.part()).containsExactly("dense-1");
  }

  @Test
  void apply_shrinkToNothing_isAFullReset() {
    Trained with =
        Trained.with(
            "interventions.shrink-and-perturb { when = once 6, shrink = 0, perturb = 1 }",
            2,
            folder);

    SeededRandom random = new RandomStreams(7).stream("intervention-shrink-and-perturb");
    assertThat(with.online()).isEqualTo(TestNetworks.dense(6, 7, 5, 4).initialise(random));
  }
}
