package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.app.study.Verdict.Ruling;
import org.junit.jupiter.api.Test;

class ClaimTest {

  private final Claim claim = new Claim("(x) it rises", "rise");

  @Test
  void verdict_ofThreeSeeds_hasStudentsInterval() {
    Verdict verdict = claim.above(0, 1, 2, 3);

    // sd 1, t(0.975, 2 degrees of freedom) = 4.303, so 4.303 / sqrt(3); scipy.stats.t.interval
    assertThat(verdict.effect()).isEqualTo(2);
    assertThat(verdict.spread()).isEqualTo(1);
    assertThat(verdict.interval()).isCloseTo(2.4843, within(1e-3));
    assertThat(verdict.ruling()).isEqualTo(Ruling.LEANS_TOWARDS);
  }

  @Test
  void interval_clearOfTheBound_decides() {
    assertThat(claim.above(0, 2.9, 3.0, 3.1).ruling()).isEqualTo(Ruling.HOLDS);
    assertThat(claim.below(0, 2.9, 3.0, 3.1).ruling()).isEqualTo(Ruling.DOES_NOT_HOLD);
    assertThat(claim.below(3.5, 2.9, 3.0, 3.1).ruling()).isEqualTo(Ruling.HOLDS);
    assertThat(claim.above(3.5, 2.9, 3.0, 3.1).ruling()).isEqualTo(Ruling.DOES_NOT_HOLD);
  }

  @Test
  void interval_acrossTheBound_leansTheWayOfTheMean() {
    assertThat(claim.above(0, -1, 3).ruling()).isEqualTo(Ruling.LEANS_TOWARDS);
    assertThat(claim.below(0, -1, 3).ruling()).isEqualTo(Ruling.LEANS_AGAINST);
  }

  @Test
  void oneSeed_howeverClear_isTooFew() {
    Verdict verdict = claim.above(0, 1000);

    assertThat(verdict.ruling()).isEqualTo(Ruling.LEANS_TOWARDS);
    assertThat(verdict.line())
        .isEqualTo(
            "(x) it rises: too few seeds to tell, leaning towards the claim;"
                + " rise (above 0 claimed): 1.00e+03, n = 1");
  }

  @Test
  void nothingMeasured_isSaid() {
    assertThat(claim.above(0).line()).isEqualTo("(x) it rises: not measured");
    assertThat(claim.above(0, Double.NaN).ruling()).isEqualTo(Ruling.NOT_MEASURED);
  }
}
