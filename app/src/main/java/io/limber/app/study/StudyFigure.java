package io.limber.app.study;

import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable;
import java.util.List;

/**
 * A figure of a report.
 *
 * @param spec how it is drawn; its caption says units, n and seeds
 * @param table what is drawn
 */
public record StudyFigure(FigureSpec spec, FigureTable table) {

  /** The figure of some rows; none while there are no rows, in a report on a part of a study. */
  static List<StudyFigure> of(FigureSpec spec, List<FigureTable.Row> rows) {
    return rows.isEmpty() ? List.of() : List.of(new StudyFigure(spec, new FigureTable(rows)));
  }
}
