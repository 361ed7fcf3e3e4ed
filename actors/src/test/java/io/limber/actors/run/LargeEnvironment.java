package io.limber.actors.run;

import io.limber.core.env.ActionSpace;
import io.limber.core.env.Environment;
import io.limber.core.env.ObservationSpace;
import io.limber.core.env.Step;
import io.limber.core.state.SavedState;
import io.limber.testkit.FakeEnvironment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A fake environment whose state does not fit into one message. */
final class LargeEnvironment implements Environment {

  static final int BYTES = 300_000;

  private final FakeEnvironment inner = new FakeEnvironment();
  private final byte[] ballast = new byte[BYTES];

  @Override
  public ObservationSpace observationSpace() {
    return inner.observationSpace();
  }

  @Override
  public ActionSpace actionSpace() {
    return inner.actionSpace();
  }

  @Override
  public void reset(long seed, ByteBuffer observation) {
    Arrays.fill(ballast, (byte) seed);
    inner.reset(seed, observation);
  }

  @Override
  public void reset(ByteBuffer observation) {
    inner.reset(observation);
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    return inner.step(action, observation);
  }

  @Override
  public Optional<SavedState> save() {
    return Optional.of(
        SavedState.builder().put("inner", inner.save().get()).put("ballast", ballast).build());
  }

  @Override
  public void restore(SavedState saved) {
    byte[] was = saved.bytes("ballast");
    System.arraycopy(was, 0, ballast, 0, BYTES);
    inner.restore(saved.part("inner"));
  }
}
