package io.limber.numerics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.random.SeededRandom;
import io.limber.numerics.curvature.BootstrapProgram;
import io.limber.numerics.curvature.GramProgram;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.linop.ExtremeEigenvalues;
import io.limber.numerics.linop.LinearOperator;
import io.limber.numerics.linop.Workers;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives in single precision against those of an independent program in double precision. */
class ReferenceValuesTest {

  /** Of vectors: float32 gives 6e-8 times the roundings of a few sums over ten rows. */
  private static final double TOLERANCE = 2e-6;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mlp, probe", "mlp, curvature", "mlp, td-squared", "mlp, td-huber",
    "cnn, probe", "cnn, curvature", "cnn, td-squared", "cnn, td-huber"
  })
  void hessianProgram_eachLoss_hasTheReferencesDerivatives(String name, String loss) {
    ReferenceCase reference = ReferenceCase.of(name);
    try (HessianProgram program = program(reference, loss)) {
      double value = prepare(program, reference, loss);
      double[] product = new double[program.size()];
      program.apply(reference.numbers("direction"), product);

      double expected = reference.value("losses." + loss + ".loss");
      assertThat(value).isCloseTo(expected, within(TOLERANCE * expected));
      assertClose(program.gradient(), reference.numbers("losses." + loss + ".gradient"));
      assertClose(product, reference.numbers("losses." + loss + ".product"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, probe", "mlp, curvature", "mlp, td-squared", "mlp, td-huber",
    "cnn, probe", "cnn, curvature", "cnn, td-squared", "cnn, td-huber"
  })
  void hessianProgram_eachLoss_hasTheReferencesSpectrum(String name, String loss) {
    ReferenceCase reference = ReferenceCase.of(name);
    try (HessianProgram program = program(reference, loss);
        Workers workers = Workers.of(1)) {
      prepare(program, reference, loss);
      DMatrixRMaj dense = dense(program);
      double[] expected = reference.numbers("losses." + loss + ".eigenvalues");
      double largest = Math.max(-expected[0], expected[expected.length - 1]);
      // an eigenvalue moves by no more than the norm of what is added to a symmetric matrix
      double right = TOLERANCE * largest;

      double[] eigenvalues = eigenvalues(dense);
      for (int i = 0; i < expected.length; i++) {
        assertThat(eigenvalues[i]).isCloseTo(expected[i], within(right));
      }
      assertThat(CommonOps_DDRM.trace(dense))
          .isCloseTo(reference.value("losses." + loss + ".trace"), within(10 * right));
      double frobenius = reference.value("losses." + loss + ".frobenius-norm");
      assertThat(NormOps_DDRM.normF(dense)).isCloseTo(frobenius, within(TOLERANCE * frobenius));
      ExtremeEigenvalues.Extremes ends = ends(program, workers);
      assertThat(ends.largest().get(0).value())
          .isCloseTo(expected[expected.length - 1], within(right));
      assertThat(ends.smallest().get(0).value()).isCloseTo(expected[0], within(right));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, probe", "mlp, curvature", "mlp, td-squared", "mlp, td-huber",
    "cnn, probe", "cnn, curvature", "cnn, td-squared", "cnn, td-huber"
  })
  void gramProgram_eachLoss_hasTheReferencesInnerProducts(String name, String loss) {
    ReferenceCase reference = ReferenceCase.of(name);
    GramProgram.export(folder, reference.network(), reference.observations(), reference.loss(loss));
    try (GramProgram program =
        GramProgram.load(
            folder,
            ReferenceCase.device(),
            reference.network(),
            reference.observations(),
            reference.loss(loss))) {
      double[] gram =
          program.gram(
              reference.snapshot(),
              reference.transitions().sTm1(),
              ReferenceCase.ROWS,
              reference.targets(loss));

      assertClose(gram, reference.numbers("losses." + loss + ".gram"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void bootstrapProgram_batch_hasTheReferencesTargets(String name) {
    ReferenceCase reference = ReferenceCase.of(name);
    BootstrapProgram.export(
        folder, reference.network(), reference.observations(), reference.objective(""));
    try (BootstrapProgram program =
        BootstrapProgram.load(
            folder, ReferenceCase.device(), reference.network(), reference.observations())) {
      float[] targets =
          program.of(reference.snapshot(), reference.snapshot(), reference.transitions()).targets();

      double[] actual = new double[ReferenceCase.ROWS];
      for (int row = 0; row < actual.length; row++) {
        actual[row] = targets[2 * row + 1];
        assertThat(targets[2 * row]).isEqualTo((float) reference.numbers("actions")[row]);
      }
      assertClose(actual, reference.numbers("bootstrap"));
    }
  }

  private HessianProgram program(ReferenceCase reference, String loss) {
    HessianProgram.export(
        folder, reference.network(), reference.observations(), reference.loss(loss));
    return HessianProgram.load(
        folder,
        ReferenceCase.device(),
        reference.network(),
        reference.observations(),
        reference.loss(loss),
        ReferenceCase.ROWS);
  }

  private static double prepare(HessianProgram program, ReferenceCase reference, String loss) {
    return program.prepare(
        reference.snapshot(),
        reference.transitions().sTm1(),
        ReferenceCase.ROWS,
        reference.targets(loss));
  }

  private static DMatrixRMaj dense(HessianProgram program) {
    int size = program.size();
    DMatrixRMaj dense = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      double[] column = new double[size];
      program.apply(unit, column);
      for (int j = 0; j < size; j++) {
        dense.add(i, j, column[j] / 2);
        dense.add(j, i, column[j] / 2);
      }
    }
    return dense;
  }

  private static double[] eigenvalues(DMatrixRMaj dense) {
    int size = dense.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false, true);
    assertThat(eigen.decompose(dense.copy())).isTrue();
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    return values;
  }

  private static ExtremeEigenvalues.Extremes ends(HessianProgram program, Workers workers) {
    LinearOperator hessian =
        new LinearOperator() {
          @Override
          public int size() {
            return program.size();
          }

          @Override
          public void apply(double[] v, double[] into) {
            program.apply(v, into);
          }
        };
    return ExtremeEigenvalues.find(
        hessian,
        new ExtremeEigenvalues.Request(1, 1, program.size(), 1e-6, 1L << 30),
        new SeededRandom(3),
        workers);
  }

  /** Within the tolerance in the Euclidean norm. */
  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += expected[i] * expected[i];
    }
    assertThat(Math.sqrt(difference / norm)).isLessThan(TOLERANCE);
  }
}
