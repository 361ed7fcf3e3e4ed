package io.limber.app.sweep;

import io.limber.app.config.Assignment;
import java.util.List;

/**
 * One point of an axis.
 *
 * @param label in a word or two, for tables
 * @param assignments what it sets
 */
record Choice(String label, List<Assignment> assignments) {

  Choice {
    assignments = List.copyOf(assignments);
  }
}
