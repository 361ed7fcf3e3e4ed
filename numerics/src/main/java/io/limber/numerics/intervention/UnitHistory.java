package io.limber.numerics.intervention;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.UnitGroup;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link UnitUtilities} keeps of the hidden units, between two calls of update. Not
 * thread-safe.
 */
final class UnitHistory {

  private final List<UnitGroup> groups;
  private final int[] offsets;
  private final Function read;
  private final Function write;

  UnitHistory(Program program, Network network) {
    groups = network.unitGroups();
    offsets = UnitUtilities.offsets(network);
    read = program.function(UnitUtilities.READ);
    write = program.function(UnitUtilities.WRITE);
  }

  /** All of it, group behind group. */
  float[] read() {
    return read.call().floats("utilities");
  }

  /** Replaces all of it. */
  void write(float[] state) {
    ByteBuffer numbers =
        ByteBuffer.allocateDirect(state.length * Float.BYTES).order(ByteOrder.nativeOrder());
    numbers.asFloatBuffer().put(state);
    write.call(in -> in.float32("utilities", numbers, state.length));
  }

  /**
   * A group's part: utility [units], age [units], mean activation [columns], a multiple of units.
   */
  float[] of(int group, float[] state) {
    return Arrays.copyOfRange(state, offsets[group], offsets[group + 1]);
  }

  /** Begins anew with some units of a group, in place: they have done nothing yet. */
  void restartInPlace(float[] state, int group, int[] chosen) {
    int units = groups.get(group).units();
    for (int unit : chosen) {
      for (int i = offsets[group] + unit; i < offsets[group + 1]; i += units) {
        state[i] = 0; // utility, age, and the mean of each column
      }
    }
  }
}
