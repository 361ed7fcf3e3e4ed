package io.limber.protos.wire;

/** What a receiver of something large, such as parameters, tells its sender. */
public sealed interface ToSender extends WireMessage {

  /**
   * So many pieces have come, in order. The sender is no more than its window ahead of that.
   *
   * @param transfer as in {@link ToReceiver}
   */
  record SnapshotCredit(long transfer, int received) implements ToSender {}
}
