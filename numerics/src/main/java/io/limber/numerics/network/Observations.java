package io.limber.numerics.network;

import io.limber.core.env.ObservationSpace;
import io.limber.core.env.ObservationSpace.ElementType;
import io.limber.core.replay.Transitions;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.ProgramBuilder;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * How observations enter a program: as they are stored, turned into numbers inside.
 *
 * @param space the environment's
 */
public record Observations(ObservationSpace space) {

  /**
   * Lets through what a probe can measure with.
   *
   * @param rows that the probe takes
   * @throws IllegalArgumentException if the transitions are too few or of other observations
   */
  public void check(String probe, Transitions transitions, int rows) {
    if (transitions.size() < rows) {
      throw new IllegalArgumentException(
          "the " + probe + " probe takes " + rows + " transitions, not " + transitions.size());
    }
    if (transitions.spec().observationBytes() != space.bytes()) {
      throw new IllegalArgumentException(
          "the "
              + probe
              + " probe takes observations of "
              + space.bytes()
              + " bytes, not of "
              + transitions.spec().observationBytes());
    }
  }

  /** An input of {@code rows} observations; −1 for any number. */
  public Operand<? extends TNumber> input(ProgramBuilder program, long rows) {
    Shape shape = Shape.of(withRows(rows));
    return space.elementType() == ElementType.UINT8
        ? program.input(TUint8.class, shape)
        : program.input(TFloat32.class, shape);
  }

  /** The numbers a network sees: bytes divided by 255, floats as they are. */
  public Operand<TFloat32> scaled(Ops tf, Operand<? extends TNumber> input) {
    Operand<TFloat32> numbers = tf.dtypes.cast(input, TFloat32.class);
    return space.elementType() == ElementType.UINT8
        ? tf.math.mul(numbers, tf.constant(1f / 255))
        : numbers;
  }

  /** Feeds {@code rows} observations from position 0. */
  public void feed(Function.Inputs inputs, String name, ByteBuffer values, int rows) {
    ByteBuffer part = values.duplicate().order(values.order());
    part.position(0).limit(Math.multiplyExact(rows, space.bytes()));
    if (space.elementType() == ElementType.UINT8) {
      inputs.uint8(name, part, withRows(rows));
    } else {
      inputs.float32(name, part, withRows(rows));
    }
  }

  /** Rows [from, from + count) of a tensor whose first axis are rows. */
  public Operand<TFloat32> rows(Ops tf, Operand<TFloat32> numbers, int from, int count) {
    int[] begin = new int[space.shape().size() + 1];
    int[] size = new int[begin.length];
    begin[0] = from;
    size[0] = count;
    for (int i = 1; i < size.length; i++) {
      size[i] = space.shape().get(i - 1);
    }
    return tf.slice(numbers, tf.constant(begin), tf.constant(size));
  }

  private long[] withRows(long rows) {
    return LongStream.concat(
            LongStream.of(rows), space.shape().stream().mapToLong(Integer::longValue))
        .toArray();
  }
}
