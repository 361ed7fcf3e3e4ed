package io.limber.numerics.curvature;

import io.limber.core.env.ObservationSpace;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import java.util.List;

/** Each architecture at small size. */
class ArchitectureContractTest extends NetworkContract {

  private static final String CNN =
      "kind = cnn, cnn { filters = [3, 2], kernel-sizes = [3, 2], dense-widths = [4] }";

  @Override
  List<Network> networks() {
    return List.of(
        network("kind = mlp, activation = gelu", 3, 4),
        network("kind = mlp, activation = crelu, width-multiplier = 2", 3, 4),
        network("kind = mlp, layer-norm = true", 3, 4),
        network(CNN + ", activation = leaky-relu", 5, 4),
        network(CNN + ", activation = crelu, layer-norm = true", 5, 4),
        network("kind = resnet18, resnet18 { width = 2, normalization = batch }", 9, 8),
        network("kind = resnet18, resnet18 { width = 4, normalization = layer }", 9, 8),
        network("kind = resnet18, resnet18 { width = 2, normalization = none }", 9, 8),
        network("kind = vit, vit { dimension = 8, feed-forward = 5, heads = 2 }", 7, 5),
        network("kind = vit, vit { dimension = 4, feed-forward = 3, heads = 1, blocks = 2 }", 6, 6),
        network("kind = nature-cnn", 36, 36));
  }

  private static Network network(String overrides, int height, int width) {
    return Networks.of(
        SmallTask.settings("network { " + overrides + " }").network(),
        new ObservationSpace(List.of(height, width, 2), ObservationSpace.ElementType.FLOAT32),
        3);
  }
}
