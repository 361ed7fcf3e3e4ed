package io.limber.protos.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;

/** Bytes within messages, which are never copied: those of a message are read-only. */
final class WireBytes {

  private WireBytes() {}

  static ByteString wrap(ByteBuffer bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes); // nobody changes it: it is read-only
  }

  static ByteBuffer view(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer();
  }
}
