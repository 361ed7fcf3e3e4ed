package io.limber.protos;

import com.google.protobuf.ByteString;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.v1.TransitionBlock;

/** {@link TransitionsCodec}, on blocks of up to three transitions. */
final class TransitionsTarget implements FuzzTarget {

  private static final int ROWS = 3;
  private static final int OBSERVATION_BYTES = 4;

  private final Transitions into = new Transitions(new TransitionSpec(OBSERVATION_BYTES), ROWS);
  private final byte[] valid;

  TransitionsTarget() {
    Transitions block = new Transitions(into.spec(), ROWS);
    block.setSize(ROWS);
    valid = TransitionsCodec.encode(block);
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
  private static byte[] contradictory(Mutator mutator) {
    int rows = mutator.nextInt(ROWS + 1);
    ByteString observations = column(mutator, rows * OBSERVATION_BYTES);
    ByteString numbers = column(mutator, rows * Float.BYTES);
    int checksum =
        Checksum.of(
            observations.asReadOnlyByteBuffer(),
            numbers.asReadOnlyByteBuffer(),
            numbers.asReadOnlyByteBuffer(),
            numbers.asReadOnlyByteBuffer(),
            observations.asReadOnlyByteBuffer());
    return TransitionBlock.newBuilder()
        .setSize(mutator.sizeNear(rows))
        .setObservationBytes(mutator.sizeNear(OBSERVATION_BYTES))
        .setSTm1(observations)
        .setATm1(numbers)
        .setRT(numbers)
        .setDiscountT(numbers)
        .setST(observations)
        .setCrc32C(checksum)
        .build()
        .toByteArray();
  }

  private static ByteString column(Mutator mutator, int right) {
    int bytes = mutator.nextInt(8) == 0 ? mutator.nextInt(64) : right;
    return ByteString.copyFrom(mutator.noise(bytes));
  }

  @Override
  public void decode(byte[] frame) throws MalformedDataException {
    TransitionsCodec.decode(frame, into);
  }
}
