package io.limber.app.probe;

import io.limber.app.config.InvalidConfigException;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import java.nio.FloatBuffer;
import java.util.List;

/** What a snapshot must be before anything is measured. */
final class SnapshotChecks {

  private SnapshotChecks() {}

  /**
   * @throws UnusableSnapshotException naming the first tensor with a number that is not finite
   */
  static void requireFinite(SnapshotFile file, AgentSnapshot snapshot) {
    requireFinite(file, "parameter", snapshot.online());
    snapshot.target().ifPresent(part -> requireFinite(file, "target parameter", part));
    snapshot.optimizer().ifPresent(part -> requireFinite(file, "optimiser number", part));
  }

  private static void requireFinite(SnapshotFile file, String what, ParameterSnapshot snapshot) {
    FloatBuffer values = snapshot.values();
    for (ParameterLayout.Tensor tensor : snapshot.layout().tensors()) {
      for (int i = 0; i < tensor.size(); i++) {
        float value = values.get();
        if (!Float.isFinite(value)) {
          throw new UnusableSnapshotException(
              "%s: %s %d of %s is %s: the network has diverged, and nothing can be measured of it"
                  .formatted(file.path(), what, i, tensor.name(), value));
        }
      }
    }
  }

  /**
   * @throws InvalidConfigException naming both architectures
   */
  static void requireLayout(SnapshotFile file, AgentSnapshot snapshot, ParameterLayout configured) {
    if (!snapshot.layout().equals(configured)) {
      throw new InvalidConfigException(
          List.of(
              "%s: the snapshot is of %s, the configuration describes %s; measure it with the configuration of its run"
                  .formatted(file.path(), text(snapshot.layout()), text(configured))));
    }
  }

  private static String text(ParameterLayout layout) {
    return layout.architecture() + " (" + layout.size() + " parameters)";
  }
}
