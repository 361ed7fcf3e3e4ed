package io.limber.protos;

import java.nio.ByteBuffer;

/**
 * A piece of a saved state on its way to another node, well below the transport's frame.
 *
 * @param index counts the pieces from 0
 * @param count how many there are, at least 1
 * @param crc of {@code data}
 * @param data read-only
 */
public record StatePiece(int index, int count, int crc, ByteBuffer data) {

  /** Bytes of each piece but the last. */
  static final int BYTES = 128 << 10;
}
