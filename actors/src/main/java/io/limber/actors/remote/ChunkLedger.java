package io.limber.actors.remote;

import io.limber.protos.wire.ToUplink;

/**
 * What has come of one environment, by epoch and sequence: each chunk is taken exactly once and in
 * order, however often and in whatever order it is sent. Not thread-safe: one owner.
 */
final class ChunkLedger {

  /** What to do with a chunk. */
  enum Verdict {
    /** It is the next one: take it. */
    NEXT,
    /** It came before: drop it. */
    DUPLICATE,
    /** One before it is missing: drop it and ask for both. */
    GAP,
    /** It is of an incarnation that is over: drop it. */
    STALE
  }

  private long epoch;
  private int leastPlacement = 1;
  private long expected;
  private long confirmed;
  private long told;
  private long rows;

  long epoch() {
    return epoch;
  }

  /** Transitions stored so far, over all epochs. */
  long rows() {
    return rows;
  }

  /** From now on nothing of a placement below {@code least} is taken. */
  void vacate(int least) {
    leastPlacement = least;
  }

  /** Whether chunks of that epoch may come, now or after {@link #begin}. */
  boolean accepts(long someEpoch) {
    return someEpoch >= epoch && Epoch.placement(someEpoch) >= leastPlacement;
  }

  /** Starts an epoch that it {@link #accepts}: all before it is void. */
  void begin(long newEpoch) {
    epoch = newEpoch;
    expected = 0;
    confirmed = 0;
    told = 0;
  }

  Verdict judge(long chunkEpoch, long sequence) {
    if (chunkEpoch != epoch || !accepts(chunkEpoch)) {
      return Verdict.STALE;
    }
    if (sequence == expected) {
      return Verdict.NEXT;
    }
    return sequence < expected ? Verdict.DUPLICATE : Verdict.GAP;
  }

  /** The next chunk was taken. */
  void taken() {
    expected++;
  }

  /** The oldest chunk that was taken and not confirmed is stored. */
  void stored(int chunkRows) {
    confirmed++;
    rows += chunkRows;
  }

  /** A chunk that was taken in an epoch before this one is stored. */
  void storedEarlier(int chunkRows) {
    rows += chunkRows;
  }

  /** Whether nothing that was taken waits to be stored. */
  boolean allStored() {
    return confirmed == expected;
  }

  /** Chunks that are stored and that no {@link #progress} has told of. */
  long storedUntold() {
    return confirmed - told;
  }

  ToUplink.Progress progress(long inserted, long sampled, boolean resend) {
    told = confirmed;
    return new ToUplink.Progress(epoch, expected, confirmed, inserted, sampled, resend);
  }
}
