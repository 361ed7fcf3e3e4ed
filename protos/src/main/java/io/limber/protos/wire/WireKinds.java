package io.limber.protos.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.limber.protos.MalformedDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All kinds of messages, by manifest and by class; filled once. */
final class WireKinds {

  /** One kind of message: its manifest, and both ways. */
  record Kind<M extends WireMessage, P extends MessageLite>(
      String manifest,
      Class<M> type,
      Encoder<M, P> encoder,
      Parser<P> parser,
      Decoder<P, M> decoder) {

    byte[] encode(WireMessage message) {
      return encoder.encode(type.cast(message)).toByteArray();
    }

    void encode(WireMessage message, ByteBuffer into) {
      CodedOutputStream out = CodedOutputStream.newInstance(into);
      try {
        encoder.encode(type.cast(message)).writeTo(out);
        out.flush();
      } catch (CodedOutputStream.OutOfSpaceException e) {
        throw (BufferOverflowException) new BufferOverflowException().initCause(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a buffer has no other
      }
    }

    M decode(byte[] bytes) throws IOException {
      // wrapped, since the parser aliases only what it takes for immutable: blocks and chunks need
      // no copy of their own
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      P proto = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return decoder.decode(proto);
    }
  }

  interface Encoder<M, P> {
    P encode(M message);
  }

  interface Decoder<P, M> {
    M decode(P proto) throws MalformedDataException;
  }

  private final Map<String, Kind<?, ?>> byManifest = new HashMap<>();
  private final Map<Class<?>, Kind<?, ?>> byType = new HashMap<>();

  <M extends WireMessage, P extends MessageLite> void add(
      String manifest,
      Class<M> type,
      Encoder<M, P> encoder,
      Parser<P> parser,
      Decoder<P, M> decoder) {
    Kind<M, P> kind = new Kind<>(manifest, type, encoder, parser, decoder);
    byManifest.put(manifest, kind);
    byType.put(type, kind);
  }

  /** Empty if there is none. */
  Optional<Kind<?, ?>> of(String manifest) {
    return Optional.ofNullable(byManifest.get(manifest));
  }

  Kind<?, ?> of(WireMessage message) {
    return byType.get(message.getClass());
  }
}
