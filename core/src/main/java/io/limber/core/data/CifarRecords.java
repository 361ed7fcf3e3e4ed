package io.limber.core.data;

import java.io.IOException;
import java.io.InputStream;

/**
 * The records of CIFAR-10's binary batches: one byte of label, then the red, the green and the blue
 * plane of 32 × 32 bytes each, row by row.
 *
 * @see "https://www.cs.toronto.edu/~kriz/cifar.html, section Binary version"
 */
public final class CifarRecords {

  /** Height and width of an image. */
  public static final int SIDE = 32;

  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  static final int PLANE = SIDE * SIDE;

  /** Bytes of an image, without its label. */
  public static final int IMAGE = CHANNELS * PLANE;

  /** Bytes of a record. */
  public static final int RECORD = 1 + IMAGE;

  private CifarRecords() {}

  /**
   * Reads records to their places in two arrays.
   *
   * @param name of the batch, for messages
   * @param in where the records come from; not read beyond the last one
   * @param first place of the first image in {@code pixels} and {@code labels}
   * @param records how many
   * @param pixels filled with [32, 32, 3], interleaved
   * @param labels filled with one byte per image
   * @throws DataFileException if it ends too early or a label is none; the message says which
   */
  static void read(
      String name, InputStream in, int first, int records, byte[] pixels, byte[] labels)
      throws IOException {
    byte[] record = new byte[RECORD];
    for (int i = 0; i < records; i++) {
      if (in.readNBytes(record, 0, RECORD) < RECORD) {
        throw DataFileException.corrupt(name, "is truncated: it ends within image " + i);
      }
      checkLabel(name, i, Byte.toUnsignedInt(record[0]));
      labels[first + i] = record[0];
      interleave(record, pixels, (first + i) * IMAGE);
    }
  }

  private static void interleave(byte[] record, byte[] pixels, int offset) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < PLANE; i++) {
        pixels[offset + CHANNELS * i + channel] = record[1 + channel * PLANE + i];
      }
    }
  }

  /**
   * Writes one record.
   *
   * @param name of where the label comes from, for messages
   * @param image place of the image there, for messages
   * @param label in [0, 10)
   * @param pixels 3,072 bytes, [32, 32, 3], interleaved
   * @param record 3,073 bytes, to fill
   * @throws DataFileException if there is no such label
   */
  public static void encode(String name, int image, int label, byte[] pixels, byte[] record) {
    checkLabel(name, image, label);
    record[0] = (byte) label;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < PLANE; i++) {
        record[1 + channel * PLANE + i] = pixels[CHANNELS * i + channel];
      }
    }
  }

  private static void checkLabel(String name, int image, int label) {
    if (label < 0 || label >= DataSet.CLASSES) {
      throw DataFileException.corrupt(
          name,
          "has label "
              + label
              + " at place "
              + image
              + ", outside [0, "
              + (DataSet.CLASSES - 1)
              + "]");
    }
  }
}
