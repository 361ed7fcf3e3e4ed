package io.limber.numerics.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.numerics.network.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every network of every layer owes to the programs that differentiate it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NetworkContract {

  private static final int ROWS = 4;

  /** The bound; single precision gives about 1e-7 times a few roundings. */
  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;

  abstract List<Network> networks();

  private int programs;

  Stream<NetworkCase> cases() {
    return networks().stream().map(network -> new NetworkCase(network, ROWS));
  }

  Stream<NetworkCase> casesOfSingleExamples() {
    return cases().filter(task -> !task.network.couplesExamples());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void product_twoDirections_isTheReferencesAndSymmetric(NetworkCase task) {
    try (HessianProgram program = task.hessian(fresh())) {
      double[] v = task.direction();
      double[] w = task.direction();
      double[] hv = product(program, v);

      assertThat(error(hv, task.product(v))).isLessThan(TOLERANCE);
      assertThat(dot(w, hv))
          .isCloseTo(dot(v, product(program, w)), within(1e-5 * norm(w) * norm(hv)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradient_anyNetwork_isTheReferences(NetworkCase task) {
    try (HessianProgram program = task.hessian(fresh())) {
      assertThat(error(program.gradient(), task.gradient(0, ROWS))).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("casesOfSingleExamples")
  void gram_anyNetwork_isThatOfGradientsOneByOne(NetworkCase task) {
    Path own = fresh();
    GramProgram.export(own, task.network, task.observations, OutputLoss.probe());
    double[][] gradients = new double[ROWS][];
    Arrays.setAll(gradients, row -> task.gradient(row, row + 1));
    try (GramProgram program =
        GramProgram.load(
            own, Case.device(), task.network, task.observations, OutputLoss.probe(), 3)) {
      double[] gram = program.gram(task.snapshot(), task.batch, ROWS, task.targets);
      for (int i = 0; i < ROWS * ROWS; i++) {
        double[] a = gradients[i / ROWS];
        double[] b = gradients[i % ROWS];
        // single precision: about 1e-7 of the lengths, times a few roundings
        assertThat(gram[i]).isCloseTo(dot(a, b), within(TOLERANCE * norm(a) * norm(b)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gram_coupledExamples_isRefusedWithTheReason(NetworkCase task) {
    if (task.network.couplesExamples()) {
      assertThatThrownBy(
              () ->
                  GramProgram.export(fresh(), task.network, task.observations, OutputLoss.probe()))
          .hasMessageStartingWith("there are no gradients of single examples");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void activations_anyNetwork_areTheReferences(NetworkCase task) {
    Path own = fresh();
    ActivationProgram.export(own, task.network, task.observations);
    try (ActivationProgram program =
        ActivationProgram.load(own, Case.device(), task.network, task.observations)) {
      ActivationProgram.Result result = program.of(task.snapshot(), task.batch, ROWS);
      List<Integer> hidden =
          task.network.stages().stream()
              .filter(stage -> stage.layer().isNonlinearity())
              .map(Network.Stage::place)
              .toList();

      assertThat(result.hidden()).hasSameSizeAs(hidden);
      for (int i = 0; i < hidden.size(); i++) {
        check(task, result.hidden().get(i), hidden.get(i));
      }
      check(task, result.features(), task.network.lastDense().inputs().get(0));
      check(task, result.outputs(), task.network.stages().size());
    }
  }

  private static void check(NetworkCase task, ActivationProgram.Activations actual, int place) {
    assertThat(actual.shape()).isEqualTo(task.network.shape(place));
    double[] expected =
        Arrays.stream(task.activations(place)).flatMapToDouble(Arrays::stream).toArray();
    double[] values = new double[expected.length];
    Arrays.setAll(values, i -> actual.values()[i]);
    assertThat(error(values, expected)).isLessThan(TOLERANCE);
  }

  private Path fresh() {
    return folder.resolve("program-" + programs++);
  }

  private static double[] product(HessianProgram program, double[] v) {
    double[] into = new double[program.size()];
    program.apply(v, into);
    return into;
  }

  private static double error(double[] actual, double[] expected) {
    double[] difference = expected.clone();
    Arrays.setAll(difference, i -> actual[i] - expected[i]);
    return norm(difference) / norm(expected);
  }

  private static double norm(double[] v) {
    return Math.sqrt(dot(v, v));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
