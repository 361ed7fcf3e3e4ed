package io.limber.numerics.network;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * One set of a network's parameters as variables of a program, and its exchange with flat vectors
 * [P] in the layout's order.
 *
 * @param variables in the layout's order
 */
public record ProgramParameters(List<Variable> variables) {

  /** Declares the variables {@code prefix/dense-0/kernel} and so on. */
  public static ProgramParameters declare(ProgramBuilder program, Network network, String prefix) {
    return new ProgramParameters(
        network.layout().tensors().stream()
            .map(
                t ->
                    program.variable(
                        prefix + "/" + t.name(),
                        Shape.of(t.shape().stream().mapToLong(Integer::longValue).toArray())))
            .toList());
  }

  /** An input for a whole flat vector. */
  public Placeholder<TFloat32> flatInput(ProgramBuilder program) {
    return program.input(TFloat32.class, Shape.of(size()));
  }

  /** All values now. */
  public List<Operand<TFloat32>> read(Ops tf) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    variables.forEach(v -> values.add(v.read(tf)));
    return values;
  }

  /** All values now, as one flat vector. */
  public Operand<TFloat32> readFlat(Ops tf) {
    return join(tf, read(tf));
  }

  /** Values in the variables' order, as one flat vector; the inverse of {@link #split}. */
  public static Operand<TFloat32> join(Ops tf, List<Operand<TFloat32>> values) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    values.forEach(v -> parts.add(tf.reshape(v, tf.constant(new int[] {-1}))));
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /** Takes all values from a flat vector. */
  public List<Op> assignFlat(ProgramBuilder program, Operand<TFloat32> flat) {
    return program.assign(variables, split(program.tf(), flat));
  }

  /** A flat vector's parts in the variables' shapes. */
  public List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> flat) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    int from = 0;
    for (Variable v : variables) {
      int count = (int) v.shape().size();
      Operand<TFloat32> part =
          tf.slice(flat, tf.constant(new int[] {from}), tf.constant(new int[] {count}));
      values.add(tf.reshape(part, tf.constant(v.shape().asArray())));
      from += count;
    }
    return values;
  }

  /** Numbers in all variables. */
  public long size() {
    return variables.stream().mapToLong(v -> v.shape().size()).sum();
  }
}
