package io.limber.actors.serialization;

import akka.serialization.SerializerWithStringManifest;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.WireCodec;
import io.limber.protos.wire.WireMessage;

/**
 * {@link WireMessage} as {@code limber.v1}. Input is bounded by the transport's frame, and what is
 * allocated by the input. What is malformed is dropped by the transport, which logs it and goes on.
 */
public final class ProtobufSerializer extends SerializerWithStringManifest {

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

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    try {
      return WireCodec.decode(manifest, bytes);
    } catch (MalformedDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
