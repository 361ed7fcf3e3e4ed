package io.limber.app.probe;

import io.limber.core.probe.Probe;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.TransitionsCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The transitions that one probe gets: those of the run, or fresh ones. Immutable.
 *
 * @param wanted number of transitions
 * @param stored those of the run; empty where fresh ones must be drawn
 * @param remark why they must
 */
record ProbeInput(int wanted, Optional<Transitions> stored, String remark) {

  /**
   * Reads the transitions that lie beside the snapshot.
   *
   * @throws io.limber.protos.MalformedDataException if they are damaged: fresh ones would give
   *     other numbers without a word
   */
  static ProbeInput of(SnapshotFile snapshot, Probe probe, TransitionSpec spec) throws IOException {
    int wanted = probe.transitions();
    Optional<Path> file = snapshot.transitions(probe.name());
    if (file.isEmpty()) {
      return new ProbeInput(wanted, Optional.empty(), "the snapshot has none for this measurement");
    }
    Transitions stored = TransitionsCodec.load(file.get(), spec);
    if (stored.size() < wanted) {
      return new ProbeInput(
          wanted, Optional.empty(), "the snapshot has no more than " + stored.size());
    }
    stored.setSize(wanted);
    return new ProbeInput(wanted, Optional.of(stored), "");
  }

  /** In a word, for files. */
  String origin() {
    return stored.isPresent() ? "stored" : "fresh";
  }

  /** For people. */
  String text() {
    String number = String.format(Locale.ROOT, "%,d", wanted);
    return stored.isPresent()
        ? number + " stored transitions of the run"
        : number + " fresh transitions of the greedy policy: " + remark;
  }
}
