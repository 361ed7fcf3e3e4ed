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

  /** Runs a first session; silently, unless TF_CPP_MIN_LOG_LEVEL asks for remarks. */
  static void provoke() {
    String level = System.getenv().getOrDefault("TF_CPP_MIN_LOG_LEVEL", "0");
    if (level.equals("0")) {
      runSession();
      return;
    }
    try {
      silently(Native.load("c", Descriptors.class));
    } catch (UnsatisfiedLinkError e) {
      log.debug("no C library to silence TensorFlow with", e);
      runSession();
    }
  }

  private static void silently(Descriptors c) {
    int saved = c.dup(STANDARD_ERROR);
    int nowhere = c.open("/dev/null", WRITE_ONLY);
    if (saved < 0 || nowhere < 0) {
      runSession();
      return;
    }
    try {
      System.err.flush();
      c.dup2(nowhere, STANDARD_ERROR);
      runSession();
    } finally {
      c.dup2(saved, STANDARD_ERROR);
      c.close(saved);
      c.close(nowhere);
    }
  }

  private static void runSession() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      session.runner().fetch(tf.math.add(tf.constant(1f), tf.constant(1f))).run().close();
    }
  }
}
