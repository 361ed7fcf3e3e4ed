package io.limber.core.env;

import java.util.List;

/**
 * A box of numbers of one element type, row-major, little-endian.
 *
 * @param shape sizes of the axes, all positive; images are [height, width, channels]
 * @param elementType how one number is stored
 */
public record ObservationSpace(List<Integer> shape, ElementType elementType) {

  /** How one number of an observation is stored. */
  public enum ElementType {
    /** Unsigned byte, 0 to 255; networks divide it by 255. */
    UINT8(1),
    /** IEEE single precision, taken as it is. */
    FLOAT32(4);

    private final int bytes;

    ElementType(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
      return bytes;
    }
  }

  public ObservationSpace {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("shape = " + shape + " must have positive sizes only");
    }
  }

  /** Numbers in one observation. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Bytes of one observation. */
  public int bytes() {
    return Math.multiplyExact(size(), elementType.bytes());
  }
}
