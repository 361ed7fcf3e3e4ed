package io.limber.core.replay;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Transitions that tell by themselves who they are: everything follows from their number. */
final class Rows {

  static final TransitionSpec SPEC = new TransitionSpec(5);

  private Rows() {}

  /** Settings without a file. */
  static ReplaySettings settings(
      int capacity,
      int minSize,
      double samplesPerInsert,
      double tolerance,
      int insertSize,
      int sampleSize) {
    return new ReplaySettings(
        capacity, minSize, samplesPerInsert, tolerance, Optional.empty(), insertSize, sampleSize);
  }

  /** The transitions {@code first}, {@code first + 1}, … as one chunk. */
  static Transitions chunk(int first, int count) {
    var chunk = new Transitions(SPEC, count);
    for (int i = 0; i < count; i++) {
      int number = first + i;
      chunk.actions().put(i, number);
      chunk.rewards().put(i, number * 0.5f);
      chunk.discounts().put(i, number % 2);
      for (int b = 0; b < SPEC.observationBytes(); b++) {
        chunk.sTm1().put(i * SPEC.observationBytes() + b, before(number, b));
        chunk.sT().put(i * SPEC.observationBytes() + b, after(number, b));
      }
    }
    chunk.setSize(count);
    return chunk;
  }

  /**
   * The number of the transition in {@code row}.
   *
   * @throws AssertionError if some of its parts belong to another
   */
  static int number(Transitions transitions, int row) {
    int number = transitions.actions().get(row);
    boolean whole =
        transitions.rewards().get(row) == number * 0.5f
            && transitions.discounts().get(row) == number % 2;
    ByteBuffer sTm1 = transitions.sTm1();
    ByteBuffer sT = transitions.sT();
    for (int b = 0; b < SPEC.observationBytes(); b++) {
      int at = row * SPEC.observationBytes() + b;
      whole &= sTm1.get(at) == before(number, b) && sT.get(at) == after(number, b);
    }
    if (!whole) {
      throw new AssertionError("row " + row + " mixes transition " + number + " with others");
    }
    return number;
  }

  private static byte before(int number, int b) {
    return (byte) (number * 31 + b);
  }

  private static byte after(int number, int b) {
    return (byte) (number * 17 - b - 1);
  }
}
