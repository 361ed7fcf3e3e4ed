package io.limber.core.env;

import io.limber.core.env.ObservationSpace.ElementType;
import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One environment on trial: hands it a window in the middle of a buffer and watches what it does
 * there. Helper of {@link EnvironmentChecker}.
 */
final class Trial implements AutoCloseable {

  /** Bytes before and after the window, which no environment may touch. */
  private static final int MARGIN = 64;

  private static final byte UNTOUCHED = 0x5a;

  /** A rule was broken; the message says which. */
  static final class Violation extends RuntimeException {
    Violation(String message) {
      super(message);
    }
  }

  private final Environment environment;
  private ByteBuffer buffer; // null until the first window
  private byte fill;

  Trial(Environment environment) {
    this.environment = environment;
  }

  ObservationSpace space() {
    return environment.observationSpace();
  }

  ActionSpace actionSpace() {
    return environment.actionSpace();
  }

  /** What the window holds before the environment writes into it. */
  void fillWith(int value) {
    fill = (byte) value;
  }

  byte[] reset(long seed) {
    environment.reset(seed, window());
    return observation();
  }

  byte[] reset() {
    environment.reset(window());
    return observation();
  }

  Optional<SavedState> save() {
    return environment.save();
  }

  void restore(SavedState state) {
    environment.restore(state);
  }

  Step step(int action) {
    Step step = environment.step(action, window());
    observation();
    require(step != null, "a step must return something");
    return step;
  }

  /**
   * Resets with a seed, takes {@code steps} actions and resets without one.
   *
   * @return all that happened, to be compared
   */
  List<Object> run(long seed, int steps, SplittableRandom actions) {
    reset(seed);
    List<Object> happened = go(steps, actions);
    happened.add(Arrays.hashCode(reset()));
    return happened;
  }

  /** Goes on from the current observation, with an unseeded reset after each episode. */
  List<Object> go(int steps, SplittableRandom actions) {
    List<Object> happened = new ArrayList<>();
    happened.add(Arrays.hashCode(observation()));
    for (int i = 0; i < steps; i++) {
      Step step = step(actions.nextInt(actionSpace().actions()));
      happened.add(step);
      happened.add(Arrays.hashCode(observation()));
      if (step.last()) {
        happened.add(Arrays.hashCode(reset()));
      }
    }
    return happened;
  }

  void requireRefused(Class<? extends RuntimeException> how, String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      require(
          how.isInstance(e), what + " must be refused with " + how.getSimpleName() + ", not " + e);
      return;
    }
    throw new Violation(what + " must be refused with " + how.getSimpleName());
  }

  void require(boolean holds, String rule) {
    if (!holds) {
      throw new Violation(rule);
    }
  }

  @Override
  public void close() {
    environment.close();
  }

  private ByteBuffer window() {
    int bytes = space().bytes();
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(bytes + 2 * MARGIN).order(ByteOrder.LITTLE_ENDIAN);
    }
    buffer.clear();
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, i >= MARGIN && i < MARGIN + bytes ? fill : UNTOUCHED);
    }
    return buffer.position(MARGIN);
  }

  /** What was written, after checking that it was written where it belongs. */
  private byte[] observation() {
    int bytes = space().bytes();
    require(
        buffer.position() == MARGIN + bytes,
        "an observation must move the buffer on by "
            + bytes
            + " bytes, not "
            + (buffer.position() - MARGIN));
    for (int i = 0; i < MARGIN; i++) {
      require(
          buffer.get(i) == UNTOUCHED && buffer.get(MARGIN + bytes + i) == UNTOUCHED,
          "nothing may be written outside the " + bytes + " bytes of an observation");
    }
    byte[] observation = new byte[bytes];
    buffer.get(MARGIN, observation);
    requireFinite(observation);
    return observation;
  }

  private void requireFinite(byte[] observation) {
    if (space().elementType() == ElementType.FLOAT32) {
      ByteBuffer floats = ByteBuffer.wrap(observation).order(ByteOrder.LITTLE_ENDIAN);
      while (floats.hasRemaining()) {
        float value = floats.getFloat();
        require(Float.isFinite(value), "an observation holds " + value + ", which is not finite");
      }
    }
  }
}
