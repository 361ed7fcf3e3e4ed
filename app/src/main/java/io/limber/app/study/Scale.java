package io.limber.app.study;

import java.util.Locale;

/** How much of a study is run. */
public enum Scale {
  /** About five minutes on two cores: the direction of an effect where that can show. */
  QUICK,
  /** Ten minutes to twenty on two cores: more seeds, larger networks, longer runs than quick. */
  LAPTOP,
  /** The paper's values, for a machine with a GPU. */
  PAPER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
