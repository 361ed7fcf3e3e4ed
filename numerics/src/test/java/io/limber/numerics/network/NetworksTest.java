package io.limber.numerics.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.agent.SmallTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {

  private static final ObservationSpace MNIST =
      new ObservationSpace(List.of(28, 28, 1), ObservationSpace.ElementType.UINT8);

  @Test
  void of_defaults_isThePapersMlp() {
    Network network = network("network.hidden-widths = [512, 512]", MNIST);
    assertThat(network.layout().architecture())
        .isEqualTo("28x28x1-flatten-dense512-relu-dense512-relu-dense10");
    assertThat(network.layout().size())
        .isEqualTo(784 * 512 + 512 + 512 * 512 + 512 + 512 * 10 + 10);
    assertThat(network.layout().tensors().get(2))
        .isEqualTo(new ParameterLayout.Tensor("dense-1/kernel", List.of(512, 512)));
    assertThat(network.outputShape()).containsExactly(10);
  }

  @Test
  void of_cnn_isThePapersWithOurStrides() {
    Network network = network("network.kind = cnn", MNIST);
    assertThat(network.layout().architecture())
        .isEqualTo("28x28x1-conv5x5x64s2-relu-conv3x3x64s2-relu-flatten-dense256-relu-dense10");
    assertThat(network.layout().tensors())
        .contains(
            new ParameterLayout.Tensor("conv-1/kernel", List.of(3, 3, 64, 64)),
            new ParameterLayout.Tensor("dense-0/kernel", List.of(7 * 7 * 64, 256)));
  }

  @Test
  void of_validPadding_usesFullWindowsOnly() {
    Network network =
        network("network { kind = cnn, cnn { padding = valid, strides = [1, 2] } }", MNIST);
    // 28 - 5 + 1 = 24; (24 - 3) / 2 + 1 = 11
    assertThat(network.layout().tensors())
        .contains(new ParameterLayout.Tensor("dense-0/kernel", List.of(11 * 11 * 64, 256)));
  }

  @Test
  void of_kernelLargerThanTheImage_isRefused() {
    ObservationSpace small =
        new ObservationSpace(List.of(2, 3, 1), ObservationSpace.ElementType.UINT8);
    assertThatThrownBy(() -> network("network { kind = cnn, cnn.padding = valid }", small))
        .hasMessage(
            "limber.network cannot take observations of shape [2, 3, 1]: a 5-pixel kernel does not fit into 2 pixels without padding");
  }

  @Test
  void of_cnnOnVectors_isRefused() {
    ObservationSpace vector =
        new ObservationSpace(List.of(4), ObservationSpace.ElementType.FLOAT32);
    assertThatThrownBy(() -> network("network.kind = cnn", vector))
        .hasMessageEndingWith(": a convolution takes images [height, width, channels], not [4]");
  }

  @Test
  void initialise_equalSeeds_areEqualAndBiasesZero() {
    Network network = network("", MNIST);
    float[] one = network.initialise(new SeededRandom(3));
    assertThat(one).isEqualTo(network.initialise(new SeededRandom(3)));
    assertThat(one).isNotEqualTo(network.initialise(new SeededRandom(4)));
    int kernel = 784 * 7;
    assertThat(java.util.Arrays.copyOfRange(one, kernel, kernel + 7)).containsOnly(0);
  }

  @Test
  void settings_senselessValues_areRefusedWithPathAndRule() {
    assertThatThrownBy(() -> SmallTask.settings("network.kind = resnet"))
        .hasMessage(
            "limber.network.kind = resnet must be one of mlp, cnn, resnet18, vit, nature-cnn");
    assertThatThrownBy(() -> SmallTask.settings("network.hidden-widths = [64, 0]"))
        .hasMessageContaining("limber.network.hidden-widths = [64, 0] must have entries between 1");
    assertThatThrownBy(() -> SmallTask.settings("network.cnn.strides = [1]"))
        .hasMessage("limber.network.cnn.strides = [1] must have as many entries as filters has: 2");
  }

  private static Network network(String overrides, ObservationSpace observations) {
    return Networks.of(SmallTask.settings(overrides).network(), observations, 10);
  }
}
