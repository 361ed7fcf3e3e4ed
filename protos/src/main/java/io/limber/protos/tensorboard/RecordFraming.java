package io.limber.protos.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorFlow's record format: length of the payload, uint64; masked CRC-32C of those eight bytes,
 * uint32; the payload; its masked CRC-32C, uint32. All little-endian.
 *
 * @see "tensorflow/core/lib/io/record_writer.h and tensorflow/core/lib/hash/crc32c.h"
 */
public final class RecordFraming {

  private static final int MASK_DELTA = 0xa282ead8;
  private static final int OVERHEAD_BYTES = Long.BYTES + 2 * Integer.BYTES;

  private RecordFraming() {}

  /** The payload with what goes around it. */
  public static byte[] frame(byte[] payload) {
    ByteBuffer record =
        ByteBuffer.allocate(payload.length + OVERHEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(payload.length);
    record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
    record.put(payload);
    record.putInt(maskedCrc(payload, 0, payload.length));
    return record.array();
  }

  /** Rotated and shifted, since a CRC of data that holds its own CRC is degenerate. */
  static int maskedCrc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
