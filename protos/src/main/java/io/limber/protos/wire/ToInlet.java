package io.limber.protos.wire;

import java.nio.ByteBuffer;

/** What an environment on another node tells the run. */
public sealed interface ToInlet extends WireMessage {

  /** Placement times 2^32 plus the environment actor's starts in it. */
  long epoch();

  /**
   * Transitions of a new epoch will come, those of earlier ones are void.
   *
   * @param uplink reference that takes {@link ToUplink}
   */
  record Announce(long epoch, String uplink) implements ToInlet {}

  /**
   * Transitions.
   *
   * @param sequence counts the epoch's chunks from 0
   * @param block what {@link io.limber.protos.TransitionsCodec} encodes; read-only
   */
  record Chunk(long epoch, long sequence, ByteBuffer block) implements ToInlet {}

  /** Asks for {@link ToUplink.Progress} because nothing was heard for a while. */
  record Ask(long epoch) implements ToInlet {}
}
