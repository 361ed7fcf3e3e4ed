package io.limber.numerics.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.core.VarHandleOp;

/**
 * A loaded program: one session with its own variables, and the functions that run in it. Not
 * thread-safe; frees its native memory in {@link #close}.
 */
public final class Program implements AutoCloseable {

  private static final String MODEL = "saved_model.pb";

  private final Model model;
  private final SavedModelBundle bundle;
  private final NDManager manager;
  private final Path folder;

  private Program(Path folder, Model model, NDManager manager) {
    this.folder = folder;
    this.model = model;
    this.manager = manager;
    bundle = ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
  }

  /**
   * Loads the SavedModel in {@code folder} into a session of its own.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static Program load(Path folder, ComputeDevice device) {
    Model model = Model.newInstance(MODEL, Device.cpu(), TensorFlowRuntime.ENGINE);
    try {
      model.load(folder, null, Map.of("ConfigProto", device.sessionConfig()));
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException("cannot load the program in " + folder, e);
    } catch (MalformedModelException e) {
      model.close();
      throw new UncheckedIOException(new IOException("not a program: " + folder, e));
    }
    // Feeds and fetches are host memory whatever the device; TensorFlow moves them itself.
    return new Program(
        folder, model, NDManager.newBaseManager(Device.cpu(), TensorFlowRuntime.ENGINE));
  }

  /**
   * One of the program's functions.
   *
   * @throws IllegalArgumentException if there is none of that name (DJL would silently take
   *     another)
   */
  public Function function(String name) {
    if (!bundle.getMetaGraphDef().containsSignatureDef(name)) {
      throw new IllegalArgumentException(
          "the program has no function "
              + name
              + ", only "
              + bundle.getMetaGraphDef().getSignatureDefMap().keySet());
    }
    return new Function(new TfSymbolBlock(bundle, name), manager);
  }

  /**
   * Writes all variables into {@code into}, as a SavedModel whose functions go on from them.
   *
   * @param into empty or not there yet
   * @throws IOException if a file cannot be written
   */
  public void save(Path into) throws IOException {
    Path prefix = into.resolve(SavedVariables.FILES);
    Files.createDirectories(prefix.getParent());
    Files.copy(folder.resolve(MODEL), into.resolve(MODEL));
    exchange(SavedVariables.SAVE, prefix);
  }

  /**
   * Takes all variables from where {@link #save} wrote them.
   *
   * @throws IOException if a file cannot be read or lacks a variable; some may have been taken
   */
  public void restore(Path from) throws IOException {
    exchange(SavedVariables.RESTORE, from.resolve(SavedVariables.FILES));
  }

  private void exchange(String function, Path prefix) throws IOException {
    try {
      function(function).call(in -> in.text("prefix", prefix.toString()));
    } catch (TensorFlowException | IllegalStateException e) {
      throw new IOException("cannot " + function + " " + prefix + ": " + e.getMessage(), e);
    }
  }

  /** Names and shapes of all variables, one to a line. */
  public String variables() {
    return bundle.getMetaGraphDef().getGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().equals(VarHandleOp.OP_NAME))
        .map(
            node ->
                node.getName()
                    + node.getAttrOrThrow("shape").getShape().getDimList().stream()
                        .map(dim -> Long.toString(dim.getSize()))
                        .collect(Collectors.joining("x", " ", "")))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    manager.close();
    model.close();
  }
}
