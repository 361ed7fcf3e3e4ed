package io.limber.numerics.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A TensorFlow graph under construction, with named functions over shared variables. Variables are
 * exported without values: a program starts with a call of the function that assigns them.
 */
public final class ProgramBuilder implements AutoCloseable {

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Map<String, SignatureDef> functions = new LinkedHashMap<>();
  private final List<Variable> variables = new ArrayList<>();
  private SaverDef saver; // of a program whose variables can be saved

  /** The graph's operations. */
  public Ops tf() {
    return tf;
  }

  /** A resource variable. */
  public Variable variable(String name, Shape shape) {
    VarHandleOp handle =
        tf.withName(name.replace('/', '.')) // TensorFlow keeps the slash for scopes
            .varHandleOp(
                TFloat32.class, shape, VarHandleOp.sharedName(name + "-" + variables.size()));
    Variable variable = new Variable(name, shape, handle);
    variables.add(variable);
    return variable;
  }

  /** An input of a function; −1 in the shape stands for any size. */
  public <T extends TType> Placeholder<T> input(Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }

  /**
   * Names a function. Its outputs are computed, and {@code effects} run, at each call.
   *
   * @param inputs by name; may be empty
   * @param outputs by name; may be empty
   * @param effects operations without outputs, such as assignments
   */
  public void function(
      String name,
      Map<String, ? extends Operand<?>> inputs,
      Map<String, ? extends Operand<?>> outputs,
      List<Op> effects) {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(name);
    inputs.forEach((key, input) -> signature.putInputs(key, info(input.asOutput())));
    Ops after = effects.isEmpty() ? tf : tf.withControlDependencies(effects);
    outputs.forEach(
        (key, output) -> signature.putOutputs(key, info(after.identity(output).asOutput())));
    if (outputs.isEmpty()) {
      // DJL fetches outputs only, so a function that is all effect returns a constant after them.
      signature.putOutputs("done", info(after.identity(tf.constant(1)).asOutput()));
    }
    functions.put(name, signature.build());
  }

  private static TensorInfo info(Output<?> output) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : output.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }

  /** Assigns each variable its value. */
  public List<Op> assign(List<Variable> targets, List<? extends Operand<TFloat32>> values) {
    List<Op> assignments = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      assignments.add(tf.assignVariableOp(targets.get(i).handle(), values.get(i)));
    }
    return assignments;
  }

  /** Sets each variable to zeros. */
  public List<Op> zero(List<Variable> targets) {
    return assign(
        targets,
        targets.stream()
            .map(v -> tf.zeros(tf.constant(v.shape().asArray()), TFloat32.class))
            .toList());
  }

  /**
   * Lets {@link Program#save} and {@link Program#restore} keep all variables declared so far, under
   * their names, which must differ.
   */
  public void addSaving() {
    SavedVariables saved = SavedVariables.add(tf, variables);
    function(SavedVariables.SAVE, Map.of("prefix", saved.prefix()), Map.of(), saved.save());
    function(SavedVariables.RESTORE, Map.of("prefix", saved.prefix()), Map.of(), saved.restore());
    saver = saved.definition();
  }

  /** Writes the SavedModel into {@code folder}, which is made if it does not exist. */
  public void export(Path folder) throws IOException {
    MetaGraphDef.Builder meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
            .setGraphDef(graph.toGraphDef());
    meta.putAllSignatureDef(functions);
    if (saver != null) {
      meta.setSaverDef(saver);
    }
    Files.createDirectories(folder);
    SavedModel model =
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
    try (OutputStream out = Files.newOutputStream(folder.resolve("saved_model.pb"))) {
      model.writeTo(out);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
