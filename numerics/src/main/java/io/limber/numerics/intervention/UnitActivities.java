package io.limber.numerics.intervention;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.network.UnitGroup;
import io.limber.numerics.runtime.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Statistics of hidden units over a batch: per place of a group's last axis, its columns. */
final class UnitActivities {

  /**
   * observations [n, …] → activities: mean |h| of each column of each group, one behind another.
   */
  static final String FUNCTION = "unit_activities";

  private UnitActivities() {}

  /** Size of the last axis; a multiple of the group's units. */
  static int columns(Network network, UnitGroup group) {
    List<Integer> shape = network.shape(group.place());
    return shape.get(shape.size() - 1);
  }

  static void addFunction(
      ProgramBuilder program,
      Network network,
      Observations observations,
      ProgramParameters online) {
    Ops tf = program.tf();
    Operand<? extends TNumber> input = observations.input(program, Shape.UNKNOWN_SIZE);
    List<Operand<TFloat32>> places =
        network.activations(tf, observations.scaled(tf, input), online.read(tf));
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (UnitGroup group : network.unitGroups()) {
      means.add(columnMeans(tf, tf.math.abs(places.get(group.place()))));
    }
    program.function(
        FUNCTION,
        Map.of("observations", input),
        Map.of("activities", ProgramParameters.join(tf, means)),
        List.of());
  }

  /** Means over all axes but the last. */
  static Operand<TFloat32> columnMeans(Ops tf, Operand<TFloat32> values) {
    int axes = values.shape().numDimensions() - 1;
    return tf.math.mean(values, tf.constant(IntStream.range(0, axes).toArray()));
  }
}
