package io.limber.numerics.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateBlockTest {

  private static final int SIZE = 60;
  private static final int NEWEST = 5; // of the basis vectors that the candidates come after
  private static final int WIDTH = 4;

  private final Workers workers = Workers.of(1);
  private final VectorMath vectors = new VectorMath(SIZE, workers);
  private final DenseOperator operator = DenseOperator.wishart(SIZE, 90, new SplittableRandom(1));
  private final KrylovBasis basis = new KrylovBasis(new KrylovPlan(SIZE, 12), workers);
  private final double[] alpha = new double[12];
  private final double[] beta = new double[12];

  @Test
  void correction_candidatesThatLackTenPercent_givesTheRowsOfCleanVectors() {
    cleanSteps(NEWEST + WIDTH + 1);
    double[] cleanAlpha = alpha.clone();
    double[] cleanBeta = beta.clone();

    recurrenceFromAVectorThatLacks(0.1);
    double uncorrected = Math.abs(alpha[NEWEST + 1] - cleanAlpha[NEWEST + 1]);
    block(1).correctInPlace(alpha, beta, NEWEST, 1);

    assertThat(uncorrected).isGreaterThan(1e-4);
    for (int row = NEWEST; row < NEWEST + WIDTH; row++) {
      // a few roundings of numbers near 1, over candidates that kept half of their norm or more
      assertThat(alpha[row]).isCloseTo(cleanAlpha[row], within(1e-13));
      assertThat(beta[row]).isCloseTo(cleanBeta[row], within(1e-13));
    }
  }

  @Test
  void kept_firstCandidateLacksTooMuch_isThatOneAlone() {
    cleanSteps(NEWEST + WIDTH + 1);

    recurrenceFromAVectorThatLacks(0.1);

    CandidateBlock block = block(1e-2);
    assertThat(block.kept()).isEqualTo(1);
    assertThat(block.weak()).isFalse();
    assertThat(block.firstLack()).isCloseTo(0.1 / Math.sqrt(1.01), within(1e-12));
  }

  @Test
  void kept_littleLeftOfTheFirst_isThatOneAndWeak() {
    cleanSteps(NEWEST + WIDTH + 1);

    recurrenceFromAVectorThatLacks(10);

    CandidateBlock block = block(1e-2);
    assertThat(block.kept()).isEqualTo(1);
    assertThat(block.weak()).isTrue();
  }

  /** Lanczos with every vector cleaned twice before its product is taken. */
  private void cleanSteps(int steps) {
    basis.spare(0)[3] = 1;
    basis.append(1);
    for (int j = 0; j < steps; j++) {
      recurrence(j);
      double[] w = basis.spare(0);
      basis.projectOutInPlace(w);
      basis.projectOutInPlace(w);
      beta[j] = vectors.norm(w);
      vectors.scaleInPlace(w, 1 / beta[j]);
      basis.append(1);
    }
  }

  /** Candidate 1 is the clean vector with a part in older ones, as noise of its product leaves. */
  private void recurrenceFromAVectorThatLacks(double lack) {
    basis.clear();
    basis.append(NEWEST + 1);
    double[] first = basis.spare(0);
    vectors.addInPlace(first, 0.6 * lack, basis.row(0));
    vectors.addInPlace(first, 0.8 * lack, basis.row(2));
    double norm = vectors.norm(first);
    vectors.scaleInPlace(first, 1 / norm);
    beta[NEWEST] *= norm;
    for (int m = 1; m < WIDTH; m++) {
      beta[NEWEST + m] = recurrence(NEWEST + m);
      vectors.scaleInPlace(basis.spare(m), 1 / beta[NEWEST + m]);
    }
  }

  private double recurrence(int j) {
    double[] w = basis.spare(j + 1 - basis.count());
    operator.apply(basis.row(j), w);
    alpha[j] = vectors.dot(w, basis.row(j));
    return vectors.subtractInPlace(
        w, alpha[j], basis.row(j), j == 0 ? 0 : beta[j - 1], basis.row(Math.max(0, j - 1)));
  }

  private CandidateBlock block(double largestLack) {
    double[][] candidates =
        IntStream.range(0, WIDTH).mapToObj(basis::spare).toArray(double[][]::new);
    double[][] inBasis = basis.projectOutInPlace(candidates);
    return new CandidateBlock(inBasis, vectors.gram(candidates), largestLack, Lanczos.CANCELLATION);
  }
}
