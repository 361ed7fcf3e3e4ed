package io.limber.app.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be told about a cell. Immutable.
 *
 * @param cell which one
 * @param state how far it is
 * @param step learner updates that are known of
 * @param node where it runs or ran, empty before that
 * @param details what else is worth a look; after a failure, what went wrong
 */
public record CellStatus(
    Cell cell, CellState state, long step, Optional<String> node, String details) {

  static CellStatus waiting(Cell cell) {
    return new CellStatus(cell, CellState.WAITING, 0, Optional.empty(), "");
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("key", cell.key());
    map.put("choices", cell.choices());
    map.put("state", state.toString());
    map.put("step", step);
    node.ifPresent(where -> map.put("node", where));
    map.put("details", details);
    return map;
  }
}
