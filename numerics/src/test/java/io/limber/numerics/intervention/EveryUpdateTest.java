package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.Learner;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What acts in every update. */
class EveryUpdateTest {

  private static final String SGD =
      "learner.updates-per-call = 1, optimizer { kind = sgd, learning-rate = 0.1 }, ";

  @TempDir Path folder;

  @Test
  void l2Init_underGradientDescent_pullsByTwiceItsStrength() {
    try (TensorFlowAgentFactory plain = SmallTask.factory(SGD, folder.resolve("plain"));
        TensorFlowAgentFactory pulled =
            SmallTask.factory(SGD + "interventions.l2-init.strength = 0.5", folder.resolve("l2"));
        Learner without = plain.createLearner();
        Learner with = pulled.createLearner()) {
      float[] initial = Trained.values(with.snapshot());
      without.update(Trained.batch(without, 0));
      with.update(Trained.batch(with, 0));
      float[] first = Trained.values(with.snapshot());
      assertThat(first).isEqualTo(Trained.values(without.snapshot())); // θ = θ₀: no pull yet

      without.update(Trained.batch(without, 1));
      with.update(Trained.batch(with, 1));
      float[] unpulled = Trained.values(without.snapshot());
      float[] second = Trained.values(with.snapshot());
      for (int i = 0; i < initial.length; i++) {
        double pull = 0.1 * 2 * 0.5 * ((double) first[i] - initial[i]);
        // three roundings of numbers of size 1
        assertThat((double) second[i]).isCloseTo(unpulled[i] - pull, within(2e-7));
      }
    }
  }

  @Test
  void l2Init_strong_keepsTheAgentNearItsStart() {
    float[] start = Trained.with("", 0, folder.resolve("start")).online();
    float[] free = Trained.with("", 100, folder.resolve("free")).online();
    float[] held =
        Trained.with("interventions.l2-init.strength = 10", 100, folder.resolve("held")).online();

    assertThat(distance(held, start)).isLessThan(distance(free, start) / 4);
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(squares);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "network { kind = cnn, cnn { filters = [4], kernel-sizes = [3], strides = [1],"
            + " dense-widths = [6] } }, "
      })
  void spectralNormalisation_atStartAndAfterUpdates_keepsTheLargestSingularValueAtOne(
      String network) {
    String on = network + "interventions.spectral-normalisation.enabled = true";
    Trained start = Trained.with(on, 0, folder.resolve("start"));
    Trained end = Trained.with(on, 60, folder.resolve("end"));

    boolean cnn = !network.isEmpty();
    assertThat(sigma(start.online(), cnn)).isCloseTo(1, within(1e-6));
    // one power iteration per update follows a kernel that moves 1e-3 per step
    assertThat(sigma(end.online(), cnn)).isCloseTo(1, within(5e-3));
    assertThat(end.target()).isEqualTo(end.online());
    double moved = distance(start.online(), end.online());
    assertThat(moved).isGreaterThan(0.05);
  }

  private static double sigma(float[] parameters, boolean cnn) {
    return cnn
        ? FirstSingularVector.of(parameters, 0, 9, 4).value()
        : FirstSingularVector.of(parameters, 0, 6, 7).value();
  }

  @Test
  void firstSingularVector_knownMatrix_isFound() {
    // [[3, 0], [4, 5]]: singular values 3√5 and √5, the first right vector (1, 1)/√2
    FirstSingularVector vector = FirstSingularVector.of(new float[] {9, 3, 0, 4, 5}, 1, 2, 2);

    assertThat(vector.value()).isCloseTo(3 * Math.sqrt(5), within(1e-9));
    assertThat(vector.right()[0]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
  }
}
