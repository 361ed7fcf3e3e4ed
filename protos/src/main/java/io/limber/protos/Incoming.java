package io.limber.protos;

import java.nio.ByteBuffer;

/** Something large on its way from another node, as an {@link Outgoing} sent it. One owner. */
public interface Incoming {

  /**
   * Takes the next piece.
   *
   * @throws MalformedDataException if it is not the next one, or altered; nothing was taken
   */
  void add(ByteBuffer chunk) throws MalformedDataException;

  /** Pieces taken so far. */
  int received();

  /** Whether there are no more. */
  boolean complete();
}
