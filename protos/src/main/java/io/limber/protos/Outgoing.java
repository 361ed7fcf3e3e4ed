package io.limber.protos;

import java.nio.ByteBuffer;

/**
 * Something large on its way to another node: a header, then pieces well below the transport's
 * frame, each made when it is asked for and each with a checksum of its own.
 */
public interface Outgoing {

  /** Announces the pieces; read-only. */
  ByteBuffer header();

  /** How many pieces there are. */
  int count();

  /**
   * A piece; read-only.
   *
   * @param index in [0, {@link #count})
   */
  ByteBuffer chunk(int index);
}
