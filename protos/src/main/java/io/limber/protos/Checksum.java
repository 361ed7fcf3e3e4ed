package io.limber.protos;

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

  static void require(int expected, int actual, String what) throws MalformedDataException {
    if (expected != actual) {
      throw new MalformedDataException(
          "%s has checksum %08x where %08x is written: it was altered"
              .formatted(what, actual, expected));
    }
  }
}
