package io.limber.actors.remote;

import io.limber.core.env.ActionSpace;
import io.limber.core.env.Environment;
import io.limber.core.env.ObservationSpace;
import io.limber.core.env.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each observation of all that share a counter is the next number: every transition is unique. */
final class CountingEnvironment implements Environment {

  static final int OBSERVATION_BYTES = Integer.BYTES;

  private final AtomicInteger counter;

  CountingEnvironment(AtomicInteger counter) {
    this.counter = counter;
  }

  @Override
  public ObservationSpace observationSpace() {
    return new ObservationSpace(List.of(OBSERVATION_BYTES), ObservationSpace.ElementType.UINT8);
  }

  @Override
  public ActionSpace actionSpace() {
    return new ActionSpace(3);
  }

  @Override
  public void reset(long seed, ByteBuffer observation) {
    reset(observation);
  }

  @Override
  public void reset(ByteBuffer observation) {
    int number = counter.getAndIncrement();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      observation.put((byte) (number >>> shift));
    }
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    reset(observation);
    return new Step(0, false, false);
  }
}
