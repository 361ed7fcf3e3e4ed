package io.limber.protos.wire;

import java.nio.ByteBuffer;

/** What a run tells whoever takes its parameter snapshots. */
public sealed interface ToReceiver extends WireMessage {

  /** Counts the sender's transfers; a later one replaces an earlier one. */
  long transfer();

  /**
   * Parameters follow.
   *
   * @param sender reference that takes {@link ToSender}
   * @param header of an {@link io.limber.protos.OutgoingSnapshot}; read-only
   */
  record SnapshotStart(long transfer, String sender, ByteBuffer header) implements ToReceiver {}

  /**
   * A piece of the parameters.
   *
   * @param chunk of an {@link io.limber.protos.OutgoingSnapshot}; read-only
   */
  record SnapshotPart(long transfer, ByteBuffer chunk) implements ToReceiver {}
}
