package io.limber.app.study;

import java.io.IOException;
import java.util.List;

/**
 * One study of the paper: what runs, what tables are read from the runs, and what is drawn and
 * concluded from the tables alone. Stateless.
 *
 * <p>Tables, figures and verdicts are made of whatever cells are finished, so all three must do
 * with gaps.
 */
public interface Study {

  /** In kebab-case, for the command line and folders. */
  String name();

  /** In a sentence, without a full stop. */
  String title();

  /** Place in the paper, for instance {@code section 5, figure 1}. */
  String section();

  /** Runs of each configuration where the user does not say. */
  int seeds(Scale scale);

  /** What runs. */
  StudyPlan plan(StudyRequest request);

  /**
   * Tidy tables of the finished cells: one row for each observation. Everything that figures and
   * verdicts need.
   *
   * @throws IOException if a file of a cell cannot be read
   */
  List<DataTable> tables(List<FinishedCell> cells) throws IOException;

  /** Figures of what the tables hold; none for a table without rows. */
  List<StudyFigure> figures(DataTables tables);

  /** Animations of what the tables hold. */
  default List<Animation> animations(DataTables tables) {
    return List.of();
  }

  /** A verdict for each claim of paper.md, section 11, that the study is about. */
  List<Verdict> verdicts(DataTables tables);
}
