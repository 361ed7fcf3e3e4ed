package io.limber.numerics.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.agent.SmallTask;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

  private static final ObservationSpace MNIST =
      new ObservationSpace(List.of(28, 28, 1), ObservationSpace.ElementType.UINT8);

  private static final ObservationSpace CIFAR =
      new ObservationSpace(List.of(32, 32, 3), ObservationSpace.ElementType.UINT8);

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
    assertThat(Arrays.copyOfRange(one, kernel, kernel + 7)).containsOnly(0);
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

  @Test
  void of_publishedArchitectures_haveThePublishedParameterCounts() {
    // He et al.'s network as in the usual CIFAR implementations
    assertThat(network("network.kind = resnet18", CIFAR).layout().size()).isEqualTo(11_173_962);
    // the Atari network with 6 actions has 1,687,206; ours has 10 of 512 weights and a bias
    ObservationSpace atari =
        new ObservationSpace(List.of(84, 84, 4), ObservationSpace.ElementType.UINT8);
    assertThat(network("network.kind = nature-cnn", atari).layout().size())
        .isEqualTo(1_687_206 + 4 * 513);
    // PyTorch's TransformerEncoderLayer(256, 8, 1024) has 789,760; 9 · 3 pixels per patch, 11 x 11
    // patches, the last norm, the head
    assertThat(network("network.kind = vit", CIFAR).layout().size())
        .isEqualTo(789_760 + 28 * 256 + 121 * 256 + 2 * 256 + 2570);
  }

  @Test
  void of_widthMultiplier_multipliesHiddenWidths() {
    Network network = network("network { hidden-widths = [16, 8], width-multiplier = 12 }", MNIST);
    assertThat(network.layout().architecture())
        .isEqualTo("28x28x1-flatten-dense192-relu-dense96-relu-dense10");
  }

  @Test
  void of_layerNorm_comesBehindEachHiddenKernel() {
    Network network = network("network { hidden-widths = [4], layer-norm = true }", MNIST);
    assertThat(network.layout().architecture())
        .isEqualTo("28x28x1-flatten-dense4-layernorm-relu-dense10");
    float[] values = network.initialise(new SeededRandom(1));
    int gamma = 784 * 4 + 4;
    assertThat(Arrays.copyOfRange(values, gamma, gamma + 8))
        .containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
  }

  @Test
  void of_transformer_namesThePlacesThatAreTakenTwice() {
    String small = "network { kind = vit, vit { dimension = 8, feed-forward = 4, heads = 2 } }";
    assertThat(network(small, MNIST).layout().architecture())
        .isEqualTo(
            "28x28x1-conv3x3x8s3-tokens-position-dropout0.1-layernorm-tokendense8"
                + "-tokendense8(5)-tokendense8(5)-attention2(6,7,8)-tokendense8-dropout0.1"
                + "-add(4,11)-layernorm-tokendense4-gelu-dropout0.1-tokendense8-dropout0.1"
                + "-add(12,18)-layernorm-meanpool-dense10");
  }

  @Test
  void unitGroups_ofArchitectures_areThoseBetweenKernels() {
    Network residual = network("network { kind = resnet18, resnet18.width = 2 }", CIFAR);
    // the first nonlinearity of each of the eight blocks; sums have no kernel of their own
    assertThat(residual.unitGroups()).hasSize(8);
    assertThat(residual.unitGroups()).allMatch(group -> group.norms().size() == 1);
    Network transformer = network("network.kind = vit", CIFAR);
    assertThat(transformer.unitGroups()).extracting(UnitGroup::units).containsExactly(1024);
    Network doubled = network("network { activation = crelu, hidden-widths = [4, 3] }", MNIST);
    assertThat(doubled.unitGroups())
        .extracting(group -> group.consumers().get(0).rowsPerUnit())
        .containsExactly(2, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind = vit, layer-norm = true | limber.network.layer-norm = true must be false for vit",
        "kind = resnet18, layer-norm = true | limber.network.layer-norm = true must be false for",
        "kind = resnet18, activation = crelu | limber.network.activation = crelu must be another",
        "vit.heads = 7 | limber.network.vit.heads = 7 must divide the dimension of a token, 256",
        "vit.dropout = 1 | limber.network.vit.dropout = 1.0 must lie in [0, 1)",
        "width-multiplier = 0 | limber.network.width-multiplier = 0 must lie between 1 and 1024",
        "activation = sigmoid | limber.network.activation = sigmoid must be one of relu, tanh",
        "initializer = zero | limber.network.initializer = zero must be one of lecun-normal"
      })
  void settings_combinationsWithoutSense_areRefused(String overrides, String message) {
    assertThatThrownBy(() -> SmallTask.settings("network { " + overrides + " }"))
        .hasMessageStartingWith(message);
  }

  @Test
  void of_imagesTooSmallForTheAtariNetwork_areRefused() {
    assertThatThrownBy(() -> network("network.kind = nature-cnn", MNIST))
        .hasMessageContaining("a 3-pixel kernel does not fit into 2 pixels without padding");
  }

  private static Network network(String overrides, ObservationSpace observations) {
    return Networks.of(SmallTask.settings(overrides).network(), observations, 10);
  }
}
