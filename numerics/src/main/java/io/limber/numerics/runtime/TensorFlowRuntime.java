package io.limber.numerics.runtime;

import ai.djl.engine.Engine;
import java.io.File;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads TensorFlow's natives and DJL's engine, once per process, from the natives jar on the class
 * path; nothing is downloaded.
 */
public final class TensorFlowRuntime {

  static final String ENGINE = "TensorFlow";

  private static final Logger log = LoggerFactory.getLogger(TensorFlowRuntime.class);
  private static boolean started;

  private TensorFlowRuntime() {}

  /**
   * Loads what is not loaded yet.
   *
   * @param cpuThreads threads that one CPU operation is split over, at least 1; only the first call
   *     in a process decides
   * @throws NativesMissingException if the natives are absent or do not fit this machine
   */
  public static synchronized void start(CpuThreads threads) {
    if (started) {
      return;
    }
    // The engine's own eager session makes the process-wide kernel pool, so it must see the size.
    System.setProperty(
        "ai.djl.tensorflow.num_intraop_threads", Integer.toString(threads.perOperation()));
    // DJL counts its users over the network unless told not to.
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      String library = Loader.load(org.tensorflow.internal.c_api.global.tensorflow.class);
      // Without this the engine would download natives of its own.
      System.setProperty("TENSORFLOW_LIBRARY_PATH", new File(library).getParent());
      Engine engine = Engine.getEngine(ENGINE);
      NativeChatter.provoke(threads);
      log.info("TensorFlow {} on {}", engine.getVersion(), threads);
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      throw new NativesMissingException(e);
    }
    started = true;
  }

  /** Version of the loaded TensorFlow. */
  public static String version() {
    return Engine.getEngine(ENGINE).getVersion();
  }

  /** Whether the loaded natives see a GPU they can use; call after {@link #start}. */
  static boolean hasGpu() {
    return Engine.getEngine(ENGINE).hasCapability(ai.djl.engine.StandardCapabilities.CUDA);
  }
}
