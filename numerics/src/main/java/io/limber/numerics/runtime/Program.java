package io.limber.numerics.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A loaded program: one session with its own variables, and the functions that run in it. Not
 * thread-safe; frees its native memory in {@link #close}.
 */
public final class Program implements AutoCloseable {

  private final Model model;
  private final SavedModelBundle bundle;
  private final NDManager manager;

  private Program(Model model, NDManager manager) {
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
    Model model = Model.newInstance("saved_model.pb", Device.cpu(), TensorFlowRuntime.ENGINE);
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
    return new Program(model, NDManager.newBaseManager(Device.cpu(), TensorFlowRuntime.ENGINE));
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

  @Override
  public void close() {
    manager.close();
    model.close();
  }
}
