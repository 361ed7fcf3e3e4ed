package io.limber.protos;

import io.limber.core.state.SavedState;
import io.limber.protos.v1.State;
import io.limber.protos.v1.StateIntegers;
import io.limber.protos.v1.StateParts;
import io.limber.protos.v1.StateReals;
import io.limber.protos.v1.StateValue;
import java.util.List;

/** {@link StateCodec}: deep ones, names that come twice, values of no kind. */
final class StateTarget implements FuzzTarget {

  private static final int MAX_NESTING = 40; // more than twice what is allowed

  private final byte[] valid =
      StateCodec.encode(
          SavedState.builder()
              .put("count", 3)
              .put("share", 0.5)
              .put("name", "limber")
              .put("raw", new byte[] {1, 2, 3})
              .put("numbers", new long[] {1, -1, Long.MAX_VALUE})
              .put("reals", new double[] {0.1, Double.NaN})
              .put("inner", SavedState.builder().put("flag", true).build())
              .put("list", List.of(SavedState.empty(), SavedState.empty()))
              .build());

  @Override
  public byte[] frame(Mutator mutator) {
    return switch (mutator.nextInt(4)) {
      case 0 -> mutator.noise();
      case 1 -> mutator.mutate(valid);
      case 2 -> mutator.mutate(nested(mutator).toByteArray());
      default -> nested(mutator).toByteArray();
    };
  }

  private static State nested(Mutator mutator) {
    State state = State.getDefaultInstance();
    for (int depth = mutator.nextInt(MAX_NESTING); depth > 0; depth--) {
      state =
          State.newBuilder().addValues(value(mutator)).addValues(holding(mutator, state)).build();
    }
    return state;
  }

  private static StateValue.Builder value(Mutator mutator) {
    StateValue.Builder value = StateValue.newBuilder().setName("value-" + mutator.nextInt(4));
    return switch (mutator.nextInt(40)) {
      case 0 -> value; // of no kind
      case 1 -> value.setIntegers(StateIntegers.newBuilder().addValues(mutator.sizeNear(1)));
      case 2 -> value.setReals(StateReals.newBuilder().addValues(Double.NaN));
      default -> value.setInteger(mutator.sizeNear(1));
    };
  }

  private static StateValue.Builder holding(Mutator mutator, State state) {
    // twice the same name once in forty times
    StateValue.Builder value =
        StateValue.newBuilder().setName(mutator.nextInt(10) == 0 ? "value-1" : "part");
    return mutator.nextInt(2) == 0
        ? value.setPart(state)
        : value.setParts(StateParts.newBuilder().addValues(state));
  }

  @Override
  public void decode(byte[] frame) throws MalformedDataException {
    StateCodec.decode(frame);
  }
}
