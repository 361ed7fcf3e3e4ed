package io.limber.protos;

import java.io.IOException;

/** A decoder, and frames to throw at it. */
interface FuzzTarget {

  /** The next frame. */
  byte[] frame(Mutator mutator);

  /**
   * Decodes it.
   *
   * @throws MalformedDataException if it is refused; nothing else may be thrown
   */
  void decode(byte[] frame) throws IOException;
}
