package io.limber.numerics.intervention;

import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Functions that change single numbers of the online network, per tensor i of rank r:
 *
 * <table>
 *   <caption>Functions; m places each</caption>
 *   <tr><td>gather-i</td><td>places [m, r] → values [m]</td></tr>
 *   <tr><td>restart-i</td><td>places [m, r], values [m]; their slots cleared</td></tr>
 *   <tr><td>add-i</td><td>places [m, r], values [m]; slots stay</td></tr>
 *   <tr><td>clear-i</td><td>all slots of the tensor cleared</td></tr>
 * </table>
 */
final class TensorFunctions {

  private final ProgramBuilder program;
  private final Ops tf;
  private final List<Variable> online;
  private final Optimizer rule;

  TensorFunctions(ProgramBuilder program, List<Variable> online, Optimizer rule) {
    this.program = program;
    this.online = online;
    this.rule = rule;
    tf = program.tf();
  }

  void add() {
    for (int i = 0; i < online.size(); i++) {
      addGather(i);
      addRestart(i);
      addAdd(i);
      program.function("clear-" + i, Map.of(), Map.of(), clear(tf, rule.slotsOf(i)));
    }
  }

  private void addGather(int i) {
    Placeholder<TInt32> places = places(i);
    Operand<TFloat32> values = tf.gatherNd(online.get(i).read(tf), places);
    program.function("gather-" + i, Map.of("places", places), Map.of("values", values), List.of());
  }

  private void addRestart(int i) {
    Placeholder<TInt32> places = places(i);
    Placeholder<TFloat32> values = values();
    List<Op> changes = new ArrayList<>();
    changes.add(scatter(online.get(i), places, values));
    for (Optimizer.Slot slot : rule.slotsOf(i)) {
      Operand<TFloat32> cleared = tf.broadcastTo(slot.cleared().at(tf), tf.shape(values));
      changes.add(scatter(slot.variable(), places, cleared));
    }
    program.function("restart-" + i, Map.of("places", places, "values", values), Map.of(), changes);
  }

  /**
   * Writes a changed copy of the whole. TensorFlow's scatter on the variable itself would be
   * cheaper once, but from then on every read of the variable makes a copy.
   */
  private Op scatter(Variable variable, Operand<TInt32> places, Operand<TFloat32> values) {
    return tf.assignVariableOp(
        variable.handle(), tf.tensorScatterNdUpdate(variable.read(tf), places, values));
  }

  private void addAdd(int i) {
    Placeholder<TInt32> places = places(i);
    Placeholder<TFloat32> values = values();
    Variable variable = online.get(i);
    Operand<TFloat32> sum = tf.tensorScatterNdAdd(variable.read(tf), places, values);
    program.function(
        "add-" + i,
        Map.of("places", places, "values", values),
        Map.of(),
        List.of(tf.assignVariableOp(variable.handle(), sum)));
  }

  /** Clears slots after what {@code tf} waits for. */
  static List<Op> clear(Ops tf, List<Optimizer.Slot> slots) {
    List<Op> changes = new ArrayList<>();
    for (Optimizer.Slot slot : slots) {
      Variable variable = slot.variable();
      Operand<TFloat32> cleared =
          tf.broadcastTo(slot.cleared().at(tf), tf.constant(variable.shape().asArray()));
      changes.add(tf.assignVariableOp(variable.handle(), cleared));
    }
    return changes;
  }

  private Placeholder<TInt32> places(int i) {
    int rank = online.get(i).shape().numDimensions();
    return program.input(TInt32.class, Shape.of(Shape.UNKNOWN_SIZE, rank));
  }

  private Placeholder<TFloat32> values() {
    return program.input(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE));
  }
}
