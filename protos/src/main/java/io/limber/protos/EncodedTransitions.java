package io.limber.protos;

import com.google.protobuf.ByteString;

/**
 * What {@link TransitionsCodec} encodes, as it travels: part of a larger message's bytes, which are
 * not copied for it. Immutable; equal by content.
 *
 * @param bytes for codecs alone
 */
public record EncodedTransitions(ByteString bytes) {

  /** A copy. */
  public static EncodedTransitions copyOf(byte... bytes) {
    return new EncodedTransitions(ByteString.copyFrom(bytes));
  }

  /** Number of bytes. */
  public int size() {
    return bytes.size();
  }
}
