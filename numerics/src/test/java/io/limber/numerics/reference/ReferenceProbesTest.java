package io.limber.numerics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole probes, made as a run makes them, against an independent program in double precision. */
class ReferenceProbesTest {

  /** Single precision over ten rows, as in {@link ReferenceValuesTest}. */
  private static final double TOLERANCE = 2e-6;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void statistics_batch_areTheReferences(String name) {
    ReferenceCase reference = ReferenceCase.of(name);

    ProbeResult result = measure(reference, "statistics", "");

    for (Metric metric :
        new Metric[] {
          Metric.STATISTICS_TD_LOSS,
          Metric.STATISTICS_GRADIENT_NORM,
          Metric.STATISTICS_TARGET_SCALE,
          Metric.STATISTICS_PREDICTION_SCALE,
          Metric.STATISTICS_WEIGHT_NORM,
          Metric.STATISTICS_WEIGHT_RANK,
          Metric.STATISTICS_FEATURE_RANK,
          Metric.STATISTICS_EFFECTIVE_RANK,
          Metric.STATISTICS_DEAD_UNITS,
          Metric.STATISTICS_DEAD_FRACTION,
          Metric.STATISTICS_DORMANT_UNITS
        }) {
      double expected = reference.value(metric.id().replace('/', '.'));
      assertThat(value(result, metric))
          .as(metric.id())
          .isCloseTo(expected, within(TOLERANCE * expected));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void hessian_ofTheTdLoss_hasTheReferencesEnds(String name) {
    ReferenceCase reference = ReferenceCase.of(name);
    double[] eigenvalues = reference.numbers("losses.td-squared.eigenvalues");
    double largest = eigenvalues[eigenvalues.length - 1];
    double trace = reference.value("losses.td-squared.trace");

    ProbeResult result =
        measure(reference, "hessian", "hessian.eigenvalues { max-order = 200, tolerance = 1e-6 }");

    assertClose(result, Metric.HESSIAN_LARGEST_EIGENVALUE, largest, TOLERANCE * largest);
    assertClose(result, Metric.HESSIAN_SMALLEST_EIGENVALUE, eigenvalues[0], TOLERANCE * largest);
    // ten sign vectors: four of their own standard errors
    double error = value(result, Metric.HESSIAN_TRACE_ERROR);
    assertClose(result, Metric.HESSIAN_TRACE, trace, 4 * error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void landscape_ofTheTdLoss_startsAtTheReferencesLossAndSharpness(String name) {
    ReferenceCase reference = ReferenceCase.of(name);
    double[] eigenvalues = reference.numbers("losses.td-squared.eigenvalues");
    double largest = eigenvalues[eigenvalues.length - 1];
    double loss = reference.value("losses.td-squared.loss");

    ProbeResult result = measure(reference, "landscape", "landscape.max-order = 200");

    assertClose(result, Metric.LANDSCAPE_LOSS, loss, TOLERANCE * loss);
    assertClose(result, Metric.LANDSCAPE_EIGENVALUE, largest, TOLERANCE * largest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void gradientCovariance_ofTheTdLoss_hasTheReferencesCosines(String name) {
    ReferenceCase reference = ReferenceCase.of(name);
    double[] gram = reference.numbers("losses.td-squared.gram");
    int k = ReferenceCase.ROWS;
    double sum = 0;
    double negative = 0;
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        double cosine = gram[k * i + j] / Math.sqrt(gram[(k + 1) * i] * gram[(k + 1) * j]);
        sum += i == j ? 0 : cosine;
        negative += i != j && cosine < 0 ? 1 : 0;
      }
    }

    ProbeResult result = measure(reference, "gradient-covariance", "");

    double pairs = k * (k - 1.0);
    assertClose(result, Metric.GRADIENT_COVARIANCE_MEAN_COSINE, sum / pairs, TOLERANCE);
    assertClose(result, Metric.GRADIENT_COVARIANCE_FRACTION_NEGATIVE, negative / pairs, 1e-12);
  }

  private ProbeResult measure(ReferenceCase reference, String name, String overrides) {
    try (TensorFlowAgentFactory factory = reference.factory(overrides, folder);
        Probe probe = factory.createProbe(name)) {
      return probe.measure(
          AgentSnapshot.of(reference.snapshot()), reference.transitions(), Probe.Progress.IGNORED);
    }
  }

  private static void assertClose(
      ProbeResult result, Metric metric, double expected, double tolerance) {
    assertThat(value(result, metric)).as(metric.id()).isCloseTo(expected, within(tolerance));
  }

  private static double value(ProbeResult result, Metric metric) {
    return result.measurements().stream()
        .filter(m -> m.metric() == metric)
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow();
  }
}
