package io.limber.protos.wire;

import java.nio.ByteBuffer;

/** What whoever sends something large, such as parameters, tells the one that takes it. */
public sealed interface ToReceiver extends WireMessage {

  /** Counts the sender's transfers; a later one replaces an earlier one. */
  long transfer();

  /**
   * Pieces follow.
   *
   * @param sender reference that takes {@link ToSender}
   * @param header of an {@link io.limber.protos.Outgoing}; read-only
   */
  record SnapshotStart(long transfer, String sender, ByteBuffer header) implements ToReceiver {}

  /**
   * A piece.
   *
   * @param index its place among the pieces, from 0
   * @param chunk of an {@link io.limber.protos.Outgoing}; read-only
   */
  record SnapshotPart(long transfer, int index, ByteBuffer chunk) implements ToReceiver {}
}
