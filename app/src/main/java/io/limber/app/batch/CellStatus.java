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
 * @param device that it was placed on; empty where it was not, or names one itself
 */
public record CellStatus(
    Cell cell, CellState state, long step, Optional<String> node, String details, String device) {

  /** Of one that is on no device, or names its own. */
  public CellStatus(Cell cell, CellState state, long step, Optional<String> node, String details) {
    this(cell, state, step, node, details, "");
  }

  static CellStatus waiting(Cell cell) {
    return new CellStatus(cell, CellState.WAITING, 0, Optional.empty(), "");
  }

  /** Node and device, for people. */
  String place() {
    return (node.orElse("") + " " + device).strip();
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("key", cell.key());
    map.put("choices", cell.choices());
    map.put("state", state.toString());
    map.put("step", step);
    node.ifPresent(where -> map.put("node", where));
    if (!device.isEmpty()) {
      map.put("device", device);
    }
    map.put("details", details);
    return map;
  }
}
