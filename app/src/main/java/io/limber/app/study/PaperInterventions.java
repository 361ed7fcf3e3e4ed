package io.limber.app.study;

import java.util.List;

/**
 * Rise in probe loss as the paper reports it, mean and standard deviation.
 *
 * @see "Lyle et al. (2023), figures 6, 8 and 9; which number belongs to which label was inferred
 *     from the order of the labels"
 */
final class PaperInterventions {

  static final String TABLE = "paper";

  private static final String NUMBERS =
      """
      cifar10 none resnet18:0.20:0.21 vit:0.13:0.03 cnn:0.31:0.06 mlp:0.27:0.21
      cifar10 two-hot resnet18:0.12:0.15 vit:0.05:0.04 cnn:0.09:0.17 mlp:0.02:0.02
      cifar10 reset-last-layer resnet18:0.00:0.00 vit:0.04:0.07 cnn:0.36:0.32 mlp:0.10:0.10
      cifar10 layer-norm cnn:0.24:0.16 mlp:0.25:0.21
      cifar10 weight-decay resnet18:0.26:0.18 vit:0.17:0.10 cnn:0.34:0.08 mlp:0.28:0.23
      cifar10 spectral-norm cnn:0.41:0.21 mlp:0.43:0.23
      cifar10 shrink-and-perturb resnet18:0.79:0.21 vit:0.23:0.03 cnn:0.56:0.20 mlp:0.61:0.07
      cifar10 two-hot+layer-norm cnn:0.00:0.00 mlp:0.05:0.16
      mnist none resnet18:0.32:0.10 vit:0.06:0.03 cnn:0.27:0.08 mlp:0.34:0.24
      mnist two-hot resnet18:0.20:0.04 vit:0.11:0.10 cnn:-0.02:0.13 mlp:0.04:0.12
      mnist reset-last-layer resnet18:0.01:0.01 vit:0.00:0.01 cnn:0.57:0.30 mlp:0.11:0.09
      mnist layer-norm cnn:0.32:0.13 mlp:0.43:0.28
      mnist weight-decay resnet18:0.37:0.07 vit:0.08:0.06 cnn:0.25:0.08 mlp:0.31:0.20
      mnist spectral-norm cnn:0.39:0.18 mlp:0.40:0.26
      mnist shrink-and-perturb resnet18:0.66:0.21 vit:0.11:0.10 cnn:0.42:0.13 mlp:0.34:0.17
      mnist two-hot+layer-norm cnn:0.03:0.05 mlp:0.07:0.07
      """;

  private PaperInterventions() {}

  static DataTable table() {
    DataTable.Builder table =
        new DataTable.Builder(TABLE, "data", "intervention", "architecture", "rise", "sd");
    NUMBERS
        .lines()
        .forEach(
            line -> {
              List<String> words = List.of(line.split(" "));
              for (String entry : words.subList(2, words.size())) {
                String[] parts = entry.split(":");
                table.row(words.get(0), words.get(1), parts[0], parts[1], parts[2]);
              }
            });
    return table.build();
  }
}
