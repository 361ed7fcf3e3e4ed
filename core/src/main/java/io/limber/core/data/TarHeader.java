package io.limber.core.data;

import java.nio.charset.StandardCharsets;

/**
 * One header block of a tar archive.
 *
 * @param name path in the archive
 * @param size bytes of content
 * @param regular whether it is a plain file
 */
record TarHeader(String name, long size, boolean regular) {

  // where the fields start and how long they are, in bytes
  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;

  /** Whether {@code block} is one of the blocks of zeros that end an archive. */
  static boolean isEnd(byte[] block) {
    for (byte value : block) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a header.
   *
   * @throws DataFileException if it is none: too short, or its checksum is wrong
   */
  static TarHeader parse(String archive, byte[] block) {
    if (block.length < TYPE + 1 || octal(block, CHECKSUM, CHECKSUM_LENGTH) != sum(block)) {
      throw DataFileException.corrupt(
          archive, "is no tar archive or is damaged: a header's checksum is wrong");
    }
    long size = octal(block, SIZE, SIZE_LENGTH);
    if (size < 0) {
      throw DataFileException.corrupt(archive, "has an entry whose size is no octal number");
    }
    return new TarHeader(text(block, 0, NAME_LENGTH), size, block[TYPE] == '0' || block[TYPE] == 0);
  }

  /** Sum of all unsigned bytes, with blanks for the checksum itself. */
  private static long sum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      boolean checksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += checksum ? ' ' : Byte.toUnsignedInt(block[i]);
    }
    return sum;
  }

  /** A number in octal digits; −1 if it is none. */
  private static long octal(byte[] block, int offset, int length) {
    String digits = text(block, offset, length).strip();
    return digits.matches("[0-7]+") ? Long.parseLong(digits, 8) : -1;
  }

  /** Up to the first zero byte. */
  private static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return new String(block, offset, end - offset, StandardCharsets.ISO_8859_1);
  }
}
