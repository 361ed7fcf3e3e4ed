package io.limber.protos;

import com.google.protobuf.ByteString;
import io.limber.protos.v1.BytesChunk;
import io.limber.protos.v1.BytesHeader;
import java.nio.ByteBuffer;

/** {@link IncomingOrder}, by its header and one piece; and {@link IncomingBytes}. */
final class OrderTarget implements FuzzTarget {

  private static final long LIMIT_BYTES = 1 << 10;

  private byte[] chunk = {};

  @Override
  public byte[] frame(Mutator mutator) {
    var online = SnapshotFrames.header(mutator, SnapshotFrames.layout(mutator));
    byte[] part = SnapshotFrames.chunk(mutator, online, 0).toByteArray();
    chunk = mutator.nextInt(4) == 0 ? mutator.mutate(part) : part;
    byte[] header =
        io.limber.protos.v1.ProbeOrder.newBuilder()
            .setOnline(online)
            .setTransitions(bytes(mutator))
            .build()
            .toByteArray();
    return mutator.nextInt(4) == 0 ? mutator.mutate(header) : header;
  }

  private static BytesHeader bytes(Mutator mutator) {
    return BytesHeader.newBuilder()
        .setTotalBytes(mutator.sizeNear(16))
        .setChunkBytes(mutator.sizeNear(8))
        .build();
  }

  @Override
  public void decode(byte[] frame) throws MalformedDataException {
    IncomingOrder order = new IncomingOrder(ByteBuffer.wrap(frame), LIMIT_BYTES);
    if (!order.complete()) {
      order.add(ByteBuffer.wrap(chunk));
    }
  }

  /** Answers of probes, whole and altered. */
  static final class Answers implements FuzzTarget {

    private final byte[] valid = ProbeAnswerCodec.encode(Orders.answer());

    @Override
    public byte[] frame(Mutator mutator) {
      return mutator.nextInt(4) == 0 ? mutator.noise() : mutator.mutate(valid);
    }

    @Override
    public void decode(byte[] frame) throws MalformedDataException {
      ProbeAnswerCodec.decode(frame);
    }
  }

  /** Bytes of a transfer, each piece right in its checksum. */
  static final class Bytes implements FuzzTarget {

    private byte[] chunk = {};

    @Override
    public byte[] frame(Mutator mutator) {
      ByteString data = ByteString.copyFrom(mutator.noise(8));
      chunk =
          BytesChunk.newBuilder()
              .setIndex(mutator.nextInt(2))
              .setData(data)
              .setCrc32C(Checksum.of(data.asReadOnlyByteBuffer()))
              .build()
              .toByteArray();
      return bytes(mutator).toByteArray();
    }

    @Override
    public void decode(byte[] frame) throws MalformedDataException {
      new IncomingBytes(ByteBuffer.wrap(frame), LIMIT_BYTES).add(ByteBuffer.wrap(chunk));
    }
  }
}
