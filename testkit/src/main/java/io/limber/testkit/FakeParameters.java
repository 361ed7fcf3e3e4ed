package io.limber.testkit;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.replay.Transitions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The one small network of all fakes, and the sums by which they notice any change of input. */
public final class FakeParameters {

  public static final ParameterLayout LAYOUT =
      new ParameterLayout(
          "fake", List.of(new ParameterLayout.Tensor("dense-0/kernel", List.of(2, 2))));

  /** Of an optimiser that counts its steps. */
  public static final ParameterLayout OPTIMIZER =
      new ParameterLayout("fake-optimizer", List.of(new ParameterLayout.Tensor("step", List.of())));

  private FakeParameters() {}

  /** A snapshot whose numbers are all {@code value}. */
  public static ParameterSnapshot snapshot(long step, float value) {
    return ParameterSnapshot.owning(step, LAYOUT, new float[] {value, value, value, value});
  }

  /** The state after so many steps. */
  private static ParameterSnapshot optimizer(long step) {
    return ParameterSnapshot.owning(step, OPTIMIZER, new float[] {step});
  }

  /** All that such an agent learned; the target network is equal to the online one. */
  public static AgentSnapshot agent(long step, float value) {
    ParameterSnapshot online = snapshot(step, value);
    return new AgentSnapshot(online, Optional.of(online), Optional.of(optimizer(step)));
  }

  /** In [0, 1); depends on every byte of the rows in use. */
  public static double sum(Transitions transitions) {
    int observations = transitions.size() * transitions.spec().observationBytes();
    int numbers = transitions.size() * Integer.BYTES;
    long hash = 17;
    hash = mix(hash, transitions.sTm1(), observations);
    hash = mix(hash, transitions.aTm1(), numbers);
    hash = mix(hash, transitions.rT(), numbers);
    hash = mix(hash, transitions.discountT(), numbers);
    hash = mix(hash, transitions.sT(), observations);
    return (hash >>> 11) * 0x1.0p-53;
  }

  /**
   * Refuses rows that no environment could have made.
   *
   * @throws IllegalArgumentException naming the row
   */
  public static void requireValid(Transitions transitions, int actions) {
    for (int i = 0; i < transitions.size(); i++) {
      int action = transitions.actions().get(i);
      float discount = transitions.discounts().get(i);
      float reward = transitions.rewards().get(i);
      if (action < 0 || action >= actions || (discount != 0 && discount != 1) || reward != reward) {
        throw new IllegalArgumentException(
            "row " + i + ": action " + action + ", discount " + discount + ", reward " + reward);
      }
    }
  }

  private static long mix(long hash, ByteBuffer bytes, int count) {
    long mixed = hash;
    for (int i = 0; i < count; i++) {
      mixed = (mixed ^ bytes.get(i)) * 0x100000001b3L;
    }
    return mixed;
  }
}
