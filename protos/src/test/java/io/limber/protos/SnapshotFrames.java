package io.limber.protos;

import com.google.protobuf.ByteString;
import io.limber.protos.v1.ParameterLayout;
import io.limber.protos.v1.ParameterSnapshotChunk;
import io.limber.protos.v1.ParameterSnapshotHeader;
import io.limber.protos.v1.ParameterTensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Headers and chunks that are right in form and checksum and claim what cannot be. */
final class SnapshotFrames {

  private static final int STEP = 7;
  private static final int CHUNK_BYTES = 8;

  private SnapshotFrames() {}

  /** Shapes with negative, zero and huge axes; names that come twice. */
  static ParameterLayout layout(Mutator mutator) {
    ParameterLayout.Builder layout = ParameterLayout.newBuilder().setArchitecture("fuzz");
    for (int tensors = mutator.nextInt(4); tensors > 0; tensors--) {
      ParameterTensor.Builder tensor =
          ParameterTensor.newBuilder().setName("tensor-" + mutator.nextInt(8));
      for (int axes = mutator.nextInt(3); axes > 0; axes--) {
        tensor.addShape(mutator.sizeNear(2));
      }
      layout.addTensors(tensor);
    }
    return layout.build();
  }

  /** About once in three times what the layout asks for. */
  static ParameterSnapshotHeader header(Mutator mutator, ParameterLayout layout) {
    return ParameterSnapshotHeader.newBuilder()
        .setStep(mutator.sizeNear(STEP))
        .setLayout(layout)
        .setTotalBytes(mutator.nextInt(4) == 0 ? mutator.sizeNear(8) : bytes(layout))
        .setChunkBytes(mutator.sizeNear(CHUNK_BYTES))
        .build();
  }

  private static long bytes(ParameterLayout layout) {
    try {
      return (long) Float.BYTES * LayoutCodec.fromProto(layout).size();
    } catch (MalformedDataException e) {
      return Float.BYTES;
    }
  }

  static ParameterSnapshotChunk chunk(Mutator mutator, ParameterSnapshotHeader header, int index) {
    long rest = Math.max(0, header.getTotalBytes() - (long) index * header.getChunkBytes());
    int bytes = (int) Math.min(256, Math.max(0, Math.min(rest, header.getChunkBytes())));
    ByteString data = ByteString.copyFrom(mutator.noise(bytes));
    return ParameterSnapshotChunk.newBuilder()
        .setStep(header.getStep())
        .setIndex(mutator.nextInt(8) == 0 ? mutator.sizeNear(index) : index)
        .setTotalBytes(header.getTotalBytes())
        .setCrc32C(Checksum.of(data.asReadOnlyByteBuffer()))
        .setData(data)
        .build();
  }

  /** All of them as a file has them. */
  static byte[] file(Mutator mutator) {
    ParameterSnapshotHeader header = header(mutator, layout(mutator));
    byte[] bytes = header.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("LIMBERPS".getBytes(StandardCharsets.US_ASCII));
    writeInt(out, 1);
    writeInt(out, mutator.nextInt(8) == 0 ? mutator.sizeNear(bytes.length) : bytes.length);
    out.writeBytes(bytes);
    writeInt(out, Checksum.of(ByteBuffer.wrap(bytes)));
    for (int i = 0; i < chunks(mutator, header); i++) {
      byte[] chunk = chunk(mutator, header, i).toByteArray();
      writeInt(out, mutator.nextInt(8) == 0 ? mutator.sizeNear(chunk.length) : chunk.length);
      out.writeBytes(chunk);
    }
    return out.toByteArray();
  }

  /** Mostly as many as are due, if that is a number to write. */
  private static int chunks(Mutator mutator, ParameterSnapshotHeader header) {
    if (header.getChunkBytes() < 1 || mutator.nextInt(8) == 0) {
      return mutator.nextInt(3);
    }
    long due = (header.getTotalBytes() - 1) / header.getChunkBytes() + 1;
    return (int) Math.min(3, due);
  }

  private static void writeInt(ByteArrayOutputStream out, int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }
}
