package io.limber.numerics.probe;

import io.limber.core.metrics.Metric;
import io.limber.core.probe.Table;
import io.limber.numerics.curvature.ActivationProgram;
import io.limber.numerics.curvature.ActivationProgram.Activations;
import io.limber.numerics.statistics.SingularValues;
import io.limber.numerics.statistics.UnitActivity;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Statistics of the hidden units of one batch: how many are dead or dormant, and the features. */
final class UnitStatistics {

  private UnitStatistics() {}

  /**
   * Adds them.
   *
   * @param result of a network with at least one hidden layer
   */
  static void add(
      ActivationProgram.Result result,
      StatisticsSettings settings,
      int rows,
      Measurements all,
      List<Table> tables) {
    addActivity(result.hidden(), settings.dormantThreshold(), all, tables);
    float[] seen = result.features().values();
    SingularValues features = SingularValues.of(FloatBuffer.wrap(seen), seen.length / rows);
    all.add(Metric.STATISTICS_FEATURE_RANK, features.featureRank(settings.featureRankThreshold()));
    all.add(Metric.STATISTICS_EFFECTIVE_RANK, features.effectiveRank());
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < features.count(); i++) {
      values.add(new double[] {features.value(i) / Math.sqrt(rows)});
    }
    tables.add(new Table("features", List.of("singular-value"), values));
  }

  private static void addActivity(
      List<Activations> hidden, double tau, Measurements all, List<Table> tables) {
    List<double[]> layers = new ArrayList<>();
    double[] sums = new double[3];
    for (Activations layer : hidden) {
      // a dense layer's units, or the channels of a convolution with positions among the rows
      int units = layer.shape().get(layer.shape().size() - 1);
      UnitActivity activity = UnitActivity.of(FloatBuffer.wrap(layer.values()), units);
      double[] counts = {units, activity.dead(), activity.dormant(tau)};
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
      layers.add(new double[] {layers.size(), counts[0], counts[1], counts[2]});
    }
    all.add(Metric.STATISTICS_DEAD_UNITS, sums[1]);
    all.add(Metric.STATISTICS_DEAD_FRACTION, sums[1] / sums[0]);
    all.add(Metric.STATISTICS_DORMANT_UNITS, sums[2]);
    tables.add(new Table("hidden-layers", List.of("layer", "units", "dead", "dormant"), layers));
  }
}
