package io.limber.testkit;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A policy whose actions depend on parameters and observations. */
public final class FakePolicy extends FakeThing implements Policy {

  private ParameterSnapshot loaded;

  FakePolicy(AtomicInteger open) {
    super(open);
  }

  @Override
  public void load(ParameterSnapshot snapshot) {
    enter();
    if (!snapshot.layout().equals(FakeParameters.LAYOUT)) {
      throw new IllegalArgumentException(snapshot.layout() + " is not " + FakeParameters.LAYOUT);
    }
    loaded = snapshot;
    leave();
  }

  @Override
  public long step() {
    return loaded == null ? -1 : loaded.step();
  }

  @Override
  public void act(ByteBuffer observations, int count, int[] actions) {
    enter();
    if (loaded == null || !observations.isDirect() || observations.position() != 0) {
      throw new IllegalStateException("no parameters, or observations not direct from 0");
    }
    int bytes = observations.remaining() / count;
    int bias = (int) (loaded.values().get(0) * 1000);
    for (int i = 0; i < count; i++) {
      int state = observations.get(i * bytes) & 0xff;
      actions[i] = Math.floorMod(state * 7 + bias, FakeEnvironment.ACTIONS);
    }
    leave();
  }
}
