package io.limber.app.study;

import java.util.List;

/**
 * What a study runs at one scale.
 *
 * @param cells in the order in which they run
 * @param open values that the paper leaves open or the scale changes
 * @param leftOut parts of the paper's study that this scale or machine has no room for, a sentence
 *     each
 */
public record StudyPlan(List<StudyCell> cells, List<OpenValue> open, List<String> leftOut) {

  public StudyPlan {
    cells = List.copyOf(cells);
    open = List.copyOf(open);
    leftOut = List.copyOf(leftOut);
  }
}
