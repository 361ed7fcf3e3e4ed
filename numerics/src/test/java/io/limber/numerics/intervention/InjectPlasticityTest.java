package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.intervention.Firing;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network 6-7-5-4 whose last two kernels are the head. */
class InjectPlasticityTest {

  private static final int ENCODER = 7 * 7;
  private static final int HEAD = 8 * 5 + 6 * 4;

  @TempDir Path folder;

  @Test
  void update_beforeTheInjection_isBitIdenticalToThePlainAgent() {
    Trained without = Trained.with("", 4, folder.resolve("without"));
    Trained with =
        Trained.with("interventions.plasticity-injection.when = once 999", 4, path("with"));

    assertThat(with.losses()).isEqualTo(without.losses());
    assertThat(with.slots()).isEqualTo(without.slots());
    float[] online = with.online();
    assertThat(Arrays.copyOf(online, ENCODER)).isEqualTo(Arrays.copyOf(without.online(), ENCODER));
    assertThat(Arrays.copyOfRange(online, ENCODER, ENCODER + 2 * HEAD)).containsOnly(0);
    assertThat(trained(online))
        .isEqualTo(Arrays.copyOfRange(without.online(), ENCODER, ENCODER + HEAD));
  }

  @Test
  void apply_once_leavesOutputsOfBothNetworksAndRestartsTheHead() {
    Trained before =
        Trained.with("interventions.plasticity-injection.when = once 999", 3, path("before"));
    Trained after =
        Trained.with("interventions.plasticity-injection.when = once 9", 3, path("after"));

    assertSameOutputs(before.online(), after.online());
    assertSameOutputs(before.target(), after.target()); // synchronised at 6: not the online ones
    assertThat(before.target()).isNotEqualTo(before.online());
    assertThat(trained(after.online())).isNotEqualTo(trained(before.online()));
    assertThat(after.firings())
        .containsExactly(
            new Firing("plasticity-injection", "dense-1", 9, 1, 0, 3 * 40),
            new Firing("plasticity-injection", "dense-2", 9, 1, 0, 3 * 24));
  }

  @Test
  void apply_once_keepsAllSlots() {
    Trained before = Trained.with("", 3, path("before"));
    Trained after =
        Trained.with("interventions.plasticity-injection.when = once 9", 3, path("after"));

    assertThat(after.slots()).isEqualTo(before.slots());
  }

  @Test
  void update_afterTheInjection_trainsEncoderAndNewHeadOnly() {
    Trained then =
        Trained.with("interventions.plasticity-injection.when = once 9", 3, path("then"));
    Trained later =
        Trained.with("interventions.plasticity-injection.when = once 9", 8, path("later"));

    assertThat(Arrays.copyOfRange(later.online(), ENCODER, ENCODER + 2 * HEAD))
        .isEqualTo(Arrays.copyOfRange(then.online(), ENCODER, ENCODER + 2 * HEAD));
    assertThat(trained(later.online())).isNotEqualTo(trained(then.online()));
    assertThat(Arrays.copyOf(later.online(), ENCODER))
        .isNotEqualTo(Arrays.copyOf(then.online(), ENCODER));
  }

  @Test
  void injection_headOfAllKernels_isRefused() {
    assertThatThrownBy(
            () ->
                Trained.with(
                    "interventions.plasticity-injection { when = once 3, head-layers = 3 }",
                    0,
                    folder))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("leaves no encoder: the network has 3 in all");
  }

  private void assertSameOutputs(float[] one, float[] other) {
    Transitions batch = SmallTask.transitions(12, 99);
    double[][] first = outputs(one, batch);
    double[][] second = outputs(other, batch);
    for (int row = 0; row < first.length; row++) {
      for (int action = 0; action < 4; action++) {
        // the rule of interventions: outputs of size 1 stay within 1e-6
        assertThat(Math.abs(first[row][action] - second[row][action])).isLessThan(1e-6);
      }
    }
  }

  private static double[][] outputs(float[] online, Transitions batch) {
    double[][] sum = new double[batch.size()][4];
    double[] signs = {1, -1, 1}; // kept, start, trained
    for (int copy = 0; copy < 3; copy++) {
      float[] whole = Arrays.copyOf(online, ENCODER + HEAD);
      System.arraycopy(online, ENCODER + copy * HEAD, whole, ENCODER, HEAD);
      double[][] part = new PlainMlp(whole, 6, 7, 5, 4).activations(batch, 3);
      for (int row = 0; row < part.length; row++) {
        for (int action = 0; action < 4; action++) {
          sum[row][action] += signs[copy] * part[row][action];
        }
      }
    }
    return sum;
  }

  private static float[] trained(float[] online) {
    return Arrays.copyOfRange(online, ENCODER + 2 * HEAD, ENCODER + 3 * HEAD);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }
}
