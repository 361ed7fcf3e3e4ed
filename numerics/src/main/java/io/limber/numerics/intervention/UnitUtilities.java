package io.limber.numerics.intervention;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.network.UnitGroup;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * How useful each hidden unit is, kept up to date inside the update's graph. Per group, in this
 * order: utility [units], age in updates [units], mean activation [columns].
 *
 * <p>u ← η u + (1 − η) c with the contribution c = mean|h| Σ|w_out| (Nature, eq 1), or, as
 * adaptable contribution, mean|h − ĥ| Σ|w_out| / Σ|w_in| with the running mean ĥ. A unit with
 * several columns, as behind a crelu, sums over them. Weights are those of the update's forward
 * pass.
 *
 * @see "Dohare et al. (2024), Loss of plasticity in deep continual learning, Nature 632, eq 1; the
 *     adaptable form: their earlier arXiv 2108.06325, eq 3 to 6"
 */
final class UnitUtilities {

  /** → all variables, one behind another. */
  static final String READ = "read_utilities";

  /** All variables, one behind another. */
  static final String WRITE = "write_utilities";

  private final ProgramBuilder program;
  private final Ops constants;
  private final InterventionSettings.ContinualBackprop settings;
  private final Network network;
  private final List<Variable> variables = new ArrayList<>();

  UnitUtilities(
      ProgramBuilder program, InterventionSettings.ContinualBackprop settings, Network network) {
    this.program = program;
    this.settings = settings;
    this.network = network;
    constants = program.tf();
    for (UnitGroup group : network.unitGroups()) {
      String name = network.name(group.producer());
      variables.add(program.variable(name + "/utility", Shape.of(group.units())));
      variables.add(program.variable(name + "/age", Shape.of(group.units())));
      variables.add(
          program.variable(name + "/mean", Shape.of(UnitActivities.columns(network, group))));
    }
  }

  List<Variable> variables() {
    return variables;
  }

  void addFunctions() {
    ProgramParameters all = new ProgramParameters(variables);
    program.function(READ, Map.of(), Map.of("utilities", all.readFlat(program.tf())), List.of());
    Placeholder<TFloat32> input = all.flatInput(program);
    program.function(WRITE, Map.of("utilities", input), Map.of(), all.assignFlat(program, input));
  }

  /**
   * Takes in one update's batch.
   *
   * @param tf carries the control dependencies after which the variables hold the update before
   * @param places what the batch gave at a place of the network
   * @param parameters of the forward pass
   */
  List<Op> observe(
      Ops tf, IntFunction<Operand<TFloat32>> places, List<? extends Operand<TFloat32>> parameters) {
    List<Op> done = new ArrayList<>();
    List<UnitGroup> groups = network.unitGroups();
    for (int g = 0; g < groups.size(); g++) {
      UnitGroup group = groups.get(g);
      Variable utility = variables.get(3 * g);
      Variable age = variables.get(3 * g + 1);
      Variable mean = variables.get(3 * g + 2);
      Operand<TFloat32> h = places.apply(group.place());
      Operand<TFloat32> years = constants.math.add(age.read(tf), constants.constant(1f));
      Operand<TFloat32> average = averaged(mean.read(tf), UnitActivities.columnMeans(constants, h));
      Operand<TFloat32> contribution =
          settings.utility() == InterventionSettings.Utility.CONTRIBUTION
              ? contribution(group, h, parameters)
              : adaptable(group, h, average, years, parameters);
      done.add(tf.assignVariableOp(utility.handle(), averaged(utility.read(tf), contribution)));
      done.add(tf.assignVariableOp(age.handle(), years));
      done.add(tf.assignVariableOp(mean.handle(), average));
    }
    return done;
  }

  private Operand<TFloat32> averaged(Operand<TFloat32> before, Operand<TFloat32> now) {
    Operand<TFloat32> kept = constants.constant((float) settings.decay());
    Operand<TFloat32> taken = constants.constant((float) (1 - settings.decay()));
    return constants.math.add(constants.math.mul(kept, before), constants.math.mul(taken, now));
  }

  private Operand<TFloat32> contribution(
      UnitGroup group, Operand<TFloat32> h, List<? extends Operand<TFloat32>> parameters) {
    Operand<TFloat32> size = UnitActivities.columnMeans(constants, constants.math.abs(h));
    return perUnit(group, constants.math.mul(size, outgoing(group, parameters)));
  }

  private Operand<TFloat32> adaptable(
      UnitGroup group,
      Operand<TFloat32> h,
      Operand<TFloat32> average,
      Operand<TFloat32> age,
      List<? extends Operand<TFloat32>> parameters) {
    int copies = UnitActivities.columns(network, group) / group.units();
    Operand<TFloat32> bias =
        constants.math.sub(
            constants.constant(1f),
            constants.math.pow(constants.constant((float) settings.decay()), age));
    Operand<TFloat32> centre =
        constants.math.div(average, constants.tile(bias, constants.constant(new int[] {copies})));
    Operand<TFloat32> incoming =
        sumPerPlace(parameters.get(group.producer().from()), group.units(), 1);
    Operand<TFloat32> centred = constants.math.sub(h, centre);
    return constants.math.div(contribution(group, centred, parameters), incoming);
  }

  /** Σ|w_out| of each column. */
  private Operand<TFloat32> outgoing(
      UnitGroup group, List<? extends Operand<TFloat32>> parameters) {
    int columns = UnitActivities.columns(network, group);
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (UnitGroup.Consumer consumer : group.consumers()) {
      int kernel = consumer.stage().from();
      List<Integer> shape = network.parameters().get(kernel).shape();
      sums.add(sumPerPlace(parameters.get(kernel), columns, shape.get(shape.size() - 1)));
    }
    return sums.size() == 1 ? sums.get(0) : constants.math.addN(sums);
  }

  /**
   * Σ|w| over all but the middle axis of [-1, places, last], first over the last one: along the
   * memory, where sums are several times as fast as over two axes at once.
   */
  private Operand<TFloat32> sumPerPlace(Operand<TFloat32> kernel, int places, int last) {
    Operand<TFloat32> rows =
        constants.reshape(constants.math.abs(kernel), constants.constant(new int[] {-1, last}));
    Operand<TFloat32> sums = constants.reduceSum(rows, constants.constant(1));
    return constants.reduceSum(
        constants.reshape(sums, constants.constant(new int[] {-1, places})), constants.constant(0));
  }

  private Operand<TFloat32> perUnit(UnitGroup group, Operand<TFloat32> columns) {
    return UnitActivities.columns(network, group) == group.units()
        ? columns
        : constants.reduceSum(
            constants.reshape(columns, constants.constant(new int[] {-1, group.units()})),
            constants.constant(0));
  }

  /** Where the variables of group g begin in the joined vector, for each g, and the end. */
  static int[] offsets(Network network) {
    List<UnitGroup> groups = network.unitGroups();
    int[] offsets = new int[groups.size() + 1];
    IntStream.range(0, groups.size())
        .forEach(
            g ->
                offsets[g + 1] =
                    offsets[g]
                        + 2 * groups.get(g).units()
                        + UnitActivities.columns(network, groups.get(g)));
    return offsets;
  }
}
