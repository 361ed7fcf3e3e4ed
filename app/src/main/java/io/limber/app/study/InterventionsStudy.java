package io.limber.app.study;

import java.io.IOException;
import java.util.List;

/** The paper's interventions: rise of the probe loss, and reward beside it. */
final class InterventionsStudy implements Study {

  /**
   * What counts as near zero, and what a help must be larger than: a tenth of the variance of the
   * targets, which is about 0.5. Differences far below the paper's own spreads decide nothing.
   */
  private static final double NEAR_ZERO = 0.05;

  @Override
  public String name() {
    return "interventions";
  }

  @Override
  public String title() {
    return "What interventions do to the loss of plasticity";
  }

  @Override
  public String section() {
    return "section 6.2, figures 6 and 8 to 13";
  }

  @Override
  public int seeds(Scale scale) {
    return scale == Scale.QUICK ? 2 : 5;
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    InterventionCells cells = new InterventionCells(request);
    return new StudyPlan(
        cells.of(InterventionTable.paper(), cells.architectures()), cells.open(), cells.leftOut());
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    return List.of(InterventionTable.of(cells), PaperInterventions.table());
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    return InterventionTable.figures(tables, true);
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    Claim nearZero =
        new Claim(
            "(f) two-hot + layer norm is near zero in a CNN", "rise of the probe loss in the CNN");
    Claim shrink =
        new Claim(
            "(g) shrink & perturb does not help here",
            "rise of the probe loss with shrink & perturb less that without");
    Claim spectral =
        new Claim(
            "(g) spectral normalisation does not help here",
            "rise of the probe loss with spectral normalisation less that without");
    return List.of(
        nearZero.below(NEAR_ZERO, InterventionTable.rise(tables, "cnn", "two-hot+layer-norm")),
        shrink.above(-NEAR_ZERO, InterventionTable.overNone(tables, "shrink-and-perturb")),
        spectral.above(-NEAR_ZERO, InterventionTable.overNone(tables, "spectral-norm")));
  }
}
