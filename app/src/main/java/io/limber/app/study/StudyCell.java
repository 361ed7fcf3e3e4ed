package io.limber.app.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training run of a study.
 *
 * @param choices what sets it apart from the others, in order, for instance {@code optimizer=tuned
 *     seed=1}; {@code seed} is always one of them
 * @param overrides keys set over the defaults, as {@code key=value}; later ones win
 */
public record StudyCell(Map<String, String> choices, List<String> overrides) {

  public StudyCell {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    overrides = List.copyOf(overrides);
  }

  /** What all cells of a study share. */
  public static StudyCell base(List<String> overrides) {
    return new StudyCell(Map.of(), overrides);
  }

  /** This cell with one more choice and what it sets. */
  public StudyCell with(String axis, String choice, List<String> more) {
    Map<String, String> chosen = new LinkedHashMap<>(choices);
    chosen.put(axis, choice);
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    return new StudyCell(chosen, all);
  }

  /** As {@link #with(String, String, List)}. */
  public StudyCell with(String axis, String choice, String... more) {
    return with(axis, choice, List.of(more));
  }

  /** One cell for each seed from 1 to {@code seeds}. */
  public List<StudyCell> seeds(int seeds) {
    List<StudyCell> all = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      all.add(with("seed", Integer.toString(seed), "seed=" + seed));
    }
    return all;
  }
}
