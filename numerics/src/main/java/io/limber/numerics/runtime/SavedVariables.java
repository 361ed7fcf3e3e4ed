package io.limber.numerics.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * TensorFlow's own save and restore of variables, in a graph.
 *
 * @param prefix of the files' names
 * @param save writes the files
 * @param restore assigns all variables
 * @param definition tells whoever loads the SavedModel, Python's TensorFlow for one, where these
 *     operations are
 */
record SavedVariables(
    Placeholder<TString> prefix, List<Op> save, List<Op> restore, SaverDef definition) {

  static final String SAVE = "save";
  static final String RESTORE = "restore";

  /** Where a SavedModel's variables lie in its folder. */
  static final String FILES = "variables/variables";

  /**
   * @throws IllegalStateException if two variables have one name
   */
  static SavedVariables add(Ops tf, List<Variable> variables) {
    Placeholder<TString> prefix = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TString> names = tf.array(names(variables));
    // of each variable the whole, not a slice
    String[] noSlices = Collections.nCopies(variables.size(), "").toArray(String[]::new);
    Operand<TString> slices = tf.array(noSlices);
    List<Operand<?>> values = new ArrayList<>();
    variables.forEach(variable -> values.add(variable.read(tf)));
    Op save = tf.train.save(prefix, names, slices, values);
    Restore read =
        tf.train.restore(
            prefix, names, slices, Collections.nCopies(variables.size(), TFloat32.class));
    List<Op> restore = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      restore.add(tf.assignVariableOp(variables.get(i).handle(), read.tensors().get(i)));
    }
    return new SavedVariables(
        prefix, List.of(save), restore, definition(tf, prefix, save, restore));
  }

  private static SaverDef definition(
      Ops tf, Placeholder<TString> prefix, Op save, List<Op> restore) {
    Operand<TString> saved = tf.withControlDependencies(List.of(save)).identity(prefix);
    Op restored = tf.withControlDependencies(restore).noOp();
    return SaverDef.newBuilder()
        .setFilenameTensorName(prefix.op().name() + ":0")
        .setSaveTensorName(saved.op().name() + ":0")
        .setRestoreOpName(restored.op().name())
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  private static String[] names(List<Variable> variables) {
    Set<String> names = new HashSet<>();
    for (Variable variable : variables) {
      if (!names.add(variable.name())) {
        throw new IllegalStateException("two variables are called " + variable.name());
      }
    }
    return variables.stream().map(Variable::name).toArray(String[]::new);
  }
}
