package io.limber.numerics.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Keeps two remarks of TensorFlow's first session off the user's terminal: absl writes them to the
 * standard error stream before any log level counts. They are provoked once, at start, while that
 * stream leads nowhere.
 */
final class NativeChatter {

  private static final Logger log = LoggerFactory.getLogger(NativeChatter.class);
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  /** The C library's file descriptors. */
  interface Descriptors extends Library {
    int open(String path, int flags);

    int dup(int descriptor);

    int dup2(int from, int to);

    int close(int descriptor);
  }

  private NativeChatter() {}

  /**
   * Runs a first session; silently, unless TF_CPP_MIN_LOG_LEVEL asks for remarks.
   *
   * @param threads sizes of the pools, which the first session makes for the whole process
   */
  static void provoke(CpuThreads threads) {
    String level = System.getenv().getOrDefault("TF_CPP_MIN_LOG_LEVEL", "0");
    if (level.equals("0")) {
      runSession(threads);
      return;
    }
    try {
      silently(Native.load("c", Descriptors.class), threads);
    } catch (UnsatisfiedLinkError e) {
      log.debug("no C library to silence TensorFlow with", e);
      runSession(threads);
    }
  }

  private static void silently(Descriptors c, CpuThreads threads) {
    int saved = c.dup(STANDARD_ERROR);
    int nowhere = c.open("/dev/null", WRITE_ONLY);
    if (saved < 0 || nowhere < 0) {
      runSession(threads);
      return;
    }
    try {
      System.err.flush();
      c.dup2(nowhere, STANDARD_ERROR);
      runSession(threads);
    } finally {
      c.dup2(saved, STANDARD_ERROR);
      c.close(saved);
      c.close(nowhere);
    }
  }

  private static void runSession(CpuThreads threads) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, threads.config())) {
      Ops tf = Ops.create(graph);
      session.runner().fetch(tf.math.add(tf.constant(1f), tf.constant(1f))).run().close();
    }
  }
}
