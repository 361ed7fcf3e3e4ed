package io.limber.protos.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** What a run tells a node that keeps replay tables. */
public sealed interface ToReplayNode extends WireMessage {

  /** Unique for each start of a run. */
  String run();

  /**
   * Keep the run's table; answered by {@link ToReplayRun.Ready}.
   *
   * @param incarnation counts the run's tables from 1; whatever is of an earlier one is ignored
   * @param config effective configuration as HOCON
   * @param fingerprint of the program; a node of another one refuses
   * @param observationBytes bytes of one observation
   * @param folder absolute path of the run's checkpoints, the same on every node; empty if it makes
   *     none
   * @param state what {@link io.limber.protos.StateCodec} encodes of the table; empty for a new
   *     one; read-only
   * @param files absolute paths of the files with its rows
   * @param owner reference that ends with the run
   * @param replies reference that takes {@link ToReplayRun}
   * @param link reference that takes {@link OnReplayLink}
   * @param reports reference that takes measurements
   */
  record Open(
      String run,
      long incarnation,
      String config,
      String fingerprint,
      int observationBytes,
      String folder,
      ByteBuffer state,
      List<String> files,
      String owner,
      String replies,
      String link,
      String reports)
      implements ToReplayNode {

    public Open {
      files = List.copyOf(files);
    }
  }

  /** The run is over. */
  record Close(String run) implements ToReplayNode {}
}
