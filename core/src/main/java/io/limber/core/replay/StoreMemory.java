package io.limber.core.replay;

import java.nio.ByteBuffer;

/** Where a store's bytes come from. The store frees the segments, then closes this. */
interface StoreMemory extends AutoCloseable {

  /**
   * A little-endian segment of zeros or of what the file holds there.
   *
   * @param position bytes of the store before it
   */
  ByteBuffer segment(long position, int bytes);

  /** Releases what is not a segment; idempotent. */
  @Override
  void close();
}
