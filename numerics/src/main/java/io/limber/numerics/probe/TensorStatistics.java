package io.limber.numerics.probe;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Table;
import io.limber.numerics.statistics.Norms;
import io.limber.numerics.statistics.SingularValues;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Statistics per tensor of one layout, and of all tensors together. */
final class TensorStatistics {

  private final List<ParameterLayout.Tensor> tensors;
  private final List<String> names;

  TensorStatistics(ParameterLayout layout) {
    tensors = layout.tensors();
    names = tensors.stream().map(ParameterLayout.Tensor::name).toList();
  }

  void addGradient(FloatBuffer gradient, Measurements all, List<Table> tables) {
    all.add(Metric.STATISTICS_GRADIENT_NORM, Norms.l2(gradient));
    tables.add(perTensor("gradient-norm", part -> Norms.l2(slice(gradient, part))));
  }

  void addUpdate(FloatBuffer before, FloatBuffer after, Measurements all, List<Table> tables) {
    all.add(Metric.STATISTICS_UPDATE_NORM, Norms.distance(after, before));
    tables.add(
        perTensor("update-norm", part -> Norms.distance(slice(after, part), slice(before, part))));
  }

  void addWeights(FloatBuffer weights, FloatBuffer initial, Measurements all, List<Table> tables) {
    all.add(Metric.STATISTICS_WEIGHT_NORM, Norms.l2(weights));
    tables.add(perTensor("weight-norm", part -> Norms.l2(slice(weights, part))));
    all.add(Metric.STATISTICS_DISTANCE, Norms.distance(weights, initial));
    tables.add(
        perTensor("distance", part -> Norms.distance(slice(weights, part), slice(initial, part))));
    addRanks(weights, all, tables);
    tables.addAll(
        WeightHistograms.of(names, parts().stream().map(p -> slice(weights, p)).toList()));
  }

  private void addRanks(FloatBuffer weights, Measurements all, List<Table> tables) {
    List<Part> kernels = parts().stream().filter(p -> p.tensor().shape().size() >= 2).toList();
    double[] ranks = kernels.stream().mapToDouble(kernel -> rank(weights, kernel)).toArray();
    all.add(Metric.STATISTICS_WEIGHT_RANK, Arrays.stream(ranks).average().orElseThrow());
    List<String> columns = kernels.stream().map(kernel -> kernel.tensor().name()).toList();
    tables.add(Table.ofRow("weight-rank", columns, ranks));
  }

  private static double rank(FloatBuffer weights, Part kernel) {
    List<Integer> shape = kernel.tensor().shape();
    return SingularValues.of(slice(weights, kernel), shape.get(shape.size() - 1))
        .numericalRank(SingularValues.FLOAT32_EPSILON);
  }

  private record Part(ParameterLayout.Tensor tensor, int from) {}

  private List<Part> parts() {
    Part[] parts = new Part[tensors.size()];
    int from = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(tensors.get(i), from);
      from += tensors.get(i).size();
    }
    return List.of(parts);
  }

  private Table perTensor(String name, ToDoubleFunction<Part> value) {
    return Table.ofRow(name, names, parts().stream().mapToDouble(value).toArray());
  }

  private static FloatBuffer slice(FloatBuffer all, Part part) {
    return all.slice(all.position() + part.from(), part.tensor().size());
  }
}
