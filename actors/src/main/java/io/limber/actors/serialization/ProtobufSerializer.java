package io.limber.actors.serialization;

import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.WireCodec;
import io.limber.protos.wire.WireMessage;
import java.nio.ByteBuffer;

/**
 * {@link WireMessage} as {@code limber.v1}. Input is bounded by the transport's frame, and what is
 * allocated by the input. What is malformed is dropped by the transport, which logs it and goes on.
 */
public final class ProtobufSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {

  @Override
  public int identifier() {
    return SerializerIds.PROTOBUF;
  }

  @Override
  public String manifest(Object message) {
    return WireCodec.manifest((WireMessage) message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return WireCodec.encode((WireMessage) message);
  }

  /** Straight into the transport's buffer: chunks of transitions are large and many. */
  @Override
  public void toBinary(Object message, ByteBuffer buffer) {
    WireCodec.encode((WireMessage) message, buffer);
  }

  /** Copied: the transport uses its buffer again, and blocks are views of their message's bytes. */
  @Override
  public Object fromBinary(ByteBuffer buffer, String manifest) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return fromBinary(bytes, manifest);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    try {
      return WireCodec.decode(manifest, bytes);
    } catch (MalformedDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
