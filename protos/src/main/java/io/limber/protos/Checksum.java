package io.limber.protos;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), the checksum of all our formats. */
final class Checksum {

  private Checksum() {}

  /** Of all parts, one after another; their positions stay. */
  static int of(ByteBuffer... parts) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      crc.update(part.duplicate());
    }
    return (int) crc.getValue();
  }

  /** The same of a message's columns, without a copy of them. */
  static int of(ByteString... parts) {
    Sum sum = new Sum();
    for (ByteString part : parts) {
      try {
        UnsafeByteOperations.unsafeWriteTo(part, sum);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a sum has no other
      }
    }
    return (int) sum.crc.getValue();
  }

  /** Reads what it is given, and keeps nothing. */
  private static final class Sum extends ByteOutput {

    private final CRC32C crc = new CRC32C();

    @Override
    public void write(byte value) {
      crc.update(value);
    }

    @Override
    public void write(byte[] value, int offset, int length) {
      crc.update(value, offset, length);
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      crc.update(value, offset, length);
    }

    @Override
    public void write(ByteBuffer value) {
      crc.update(value);
    }

    @Override
    public void writeLazy(ByteBuffer value) {
      crc.update(value);
    }
  }

  static void require(int expected, int actual, String what) throws MalformedDataException {
    if (expected != actual) {
      throw new MalformedDataException(
          "%s has checksum %08x where %08x is written: it was altered"
              .formatted(what, actual, expected));
    }
  }
}
