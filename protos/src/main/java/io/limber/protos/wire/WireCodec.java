package io.limber.protos.wire;

import io.limber.protos.MalformedDataException;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * Wire messages as {@code limber.v1}. A manifest of one word tells the decoder what it gets; it is
 * part of the format and never changes its meaning.
 */
public final class WireCodec {

  private static final WireKinds KINDS = new WireKinds();

  static {
    NodeKinds.addTo(KINDS);
    ExperienceKinds.addTo(KINDS);
    SnapshotKinds.addTo(KINDS);
    SweepKinds.addTo(KINDS);
    ProbingKinds.addTo(KINDS);
    ReplayKinds.addTo(KINDS);
  }

  private WireCodec() {}

  /** Names the kind of a message. */
  public static String manifest(WireMessage message) {
    return KINDS.of(message).manifest();
  }

  public static byte[] encode(WireMessage message) {
    return KINDS.of(message).encode(message);
  }

  /**
   * Writes a message at the buffer's position, which ends after it.
   *
   * @throws BufferOverflowException if it has too little room
   */
  public static void encode(WireMessage message, ByteBuffer into) {
    KINDS.of(message).encode(message, into);
  }

  /**
   * Reads what {@link #encode(WireMessage)} wrote. Allocates about twice the length of {@code
   * bytes}, and 64 times at most, if they are nothing but beginnings of empty parts.
   *
   * @param bytes not changed by anyone from now on: blocks and chunks are views of them
   * @throws MalformedDataException if the manifest is unknown or the bytes are no such message
   */
  public static WireMessage decode(String manifest, byte[] bytes) throws MalformedDataException {
    WireKinds.Kind<?, ?> kind =
        KINDS
            .of(manifest)
            .orElseThrow(
                () -> new MalformedDataException("no kind of message is called " + manifest));
    try {
      return kind.decode(bytes);
    } catch (IOException e) {
      throw new MalformedDataException("no message " + manifest + ": " + e.getMessage(), e);
    }
  }
}
