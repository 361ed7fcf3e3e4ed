package io.limber.protos;

import io.limber.protos.v1.ProbeOrder.Builder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An order of a measurement on its way to the node that measures: whole agent, then transitions.
 * Any thread.
 */
public final class OutgoingOrder implements Outgoing {

  private final io.limber.protos.v1.ProbeOrder header;
  private final List<Outgoing> parts = new ArrayList<>();

  /**
   * @param order its transitions are copied: they are the caller's again
   */
  public OutgoingOrder(ProbeOrder order) {
    Builder builder =
        io.limber.protos.v1.ProbeOrder.newBuilder()
            .setId(order.id())
            .setProbe(order.probe())
            .setReplies(order.replies())
            .setResults(order.results());
    OutgoingSnapshot online = new OutgoingSnapshot(order.snapshot().online());
    parts.add(online);
    builder.setOnline(online.headerMessage());
    order
        .snapshot()
        .target()
        .map(OutgoingSnapshot::new)
        .ifPresent(
            target -> {
              parts.add(target);
              builder.setTarget(target.headerMessage());
            });
    order
        .snapshot()
        .optimizer()
        .map(OutgoingSnapshot::new)
        .ifPresent(
            optimizer -> {
              parts.add(optimizer);
              builder.setOptimizer(optimizer.headerMessage());
            });
    OutgoingBytes transitions = new OutgoingBytes(TransitionsCodec.encode(order.transitions()));
    parts.add(transitions);
    header = builder.setTransitions(transitions.headerMessage()).build();
  }

  /** An encoded {@code limber.v1.ProbeOrder}. */
  @Override
  public ByteBuffer header() {
    return header.toByteString().asReadOnlyByteBuffer();
  }

  @Override
  public int count() {
    return parts.stream().mapToInt(Outgoing::count).sum();
  }

  /** A chunk of the part that it falls into. */
  @Override
  public ByteBuffer chunk(int index) {
    int left = index;
    for (Outgoing part : parts) {
      if (left < part.count()) {
        return part.chunk(left);
      }
      left -= part.count();
    }
    throw new IndexOutOfBoundsException(index);
  }
}
