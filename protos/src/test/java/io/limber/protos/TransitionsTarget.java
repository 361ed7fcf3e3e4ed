package io.limber.protos;

import com.google.protobuf.ByteString;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.v1.TransitionBlock;

/** {@link TransitionsCodec}, on blocks of up to three transitions, alone and one after another. */
final class TransitionsTarget implements FuzzTarget {

  private static final int ROWS = 3;
  private static final int OBSERVATION_BYTES = 4;

  private final Transitions into = new Transitions(new TransitionSpec(OBSERVATION_BYTES), ROWS);
  private final LatestObservations latest;
  private final byte[] valid;

  /**
   * @param continued whether blocks may continue those before
   */
  TransitionsTarget(boolean continued) {
    latest = continued ? new LatestObservations(into.spec(), ROWS) : null;
    Transitions block = new Transitions(into.spec(), ROWS);
    block.setSize(ROWS);
    valid =
        continued
            ? TransitionsCodec.encode(block, 0, ROWS, new LatestObservations(into.spec(), ROWS))
                .bytes()
                .toByteArray()
            : TransitionsCodec.encode(block);
  }

  @Override
  public byte[] frame(Mutator mutator) {
    return switch (mutator.nextInt(4)) {
      case 0 -> mutator.noise();
      case 1 -> mutator.mutate(valid);
      default -> contradictory(mutator);
    };
  }

  /** Right in checksum and form, so that only the sizes can give it away. */
  private byte[] contradictory(Mutator mutator) {
    int rows = mutator.nextInt(ROWS + 1);
    ByteString continues = latest == null ? ByteString.EMPTY : column(mutator, 1);
    ByteString observations = column(mutator, rows * OBSERVATION_BYTES);
    ByteString numbers = column(mutator, rows * Float.BYTES);
    int checksum = Checksum.of(observations, numbers, numbers, numbers, observations, continues);
    return TransitionBlock.newBuilder()
        .setSize(mutator.sizeNear(rows))
        .setObservationBytes(mutator.sizeNear(OBSERVATION_BYTES))
        .setSTm1(observations)
        .setATm1(numbers)
        .setRT(numbers)
        .setDiscountT(numbers)
        .setST(observations)
        .setCrc32C(checksum)
        .setContinues(continues)
        .setFirstRow(mutator.sizeNear(0))
        .build()
        .toByteArray();
  }

  private static ByteString column(Mutator mutator, int right) {
    int bytes = mutator.nextInt(8) == 0 ? mutator.nextInt(64) : right;
    return ByteString.copyFrom(mutator.noise(bytes));
  }

  @Override
  public void decode(byte[] frame) throws MalformedDataException {
    if (latest == null) {
      TransitionsCodec.decode(frame, into);
    } else {
      TransitionsCodec.decode(EncodedTransitions.copyOf(frame), into, latest);
    }
  }
}
