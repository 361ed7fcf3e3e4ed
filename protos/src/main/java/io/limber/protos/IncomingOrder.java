package io.limber.protos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.replay.TransitionSpec;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An order on its way from a run, as {@link OutgoingOrder} sent it. One owner. */
public final class IncomingOrder implements Incoming {

  private final io.limber.protos.v1.ProbeOrder header;
  private final IncomingSnapshot online;
  private final Optional<IncomingSnapshot> target;
  private final Optional<IncomingSnapshot> optimizer;
  private final IncomingBytes transitions;
  private final List<Incoming> parts = new ArrayList<>();

  /**
   * @param limitBytes the most that each part may take; checked before it is allocated
   * @throws MalformedDataException if that is no header, or a part is beyond the limit
   */
  public IncomingOrder(ByteBuffer bytes, long limitBytes) throws MalformedDataException {
    try {
      header = io.limber.protos.v1.ProbeOrder.parseFrom(bytes.duplicate());
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("no order of a probe: " + e.getMessage(), e);
    }
    online = new IncomingSnapshot(header.getOnline(), limitBytes);
    target = snapshot(header.hasTarget(), header.getTarget(), limitBytes);
    optimizer = snapshot(header.hasOptimizer(), header.getOptimizer(), limitBytes);
    transitions = new IncomingBytes(header.getTransitions(), limitBytes);
    parts.add(online);
    target.ifPresent(parts::add);
    optimizer.ifPresent(parts::add);
    parts.add(transitions);
  }

  private static Optional<IncomingSnapshot> snapshot(
      boolean there, ParameterSnapshotHeader header, long limitBytes)
      throws MalformedDataException {
    return there ? Optional.of(new IncomingSnapshot(header, limitBytes)) : Optional.empty();
  }

  @Override
  public void add(ByteBuffer chunk) throws MalformedDataException {
    for (Incoming part : parts) {
      if (!part.complete()) {
        part.add(chunk);
        return;
      }
    }
    throw new MalformedDataException("a chunk follows the last one");
  }

  @Override
  public int received() {
    return parts.stream().mapToInt(Incoming::received).sum();
  }

  @Override
  public boolean complete() {
    return parts.stream().allMatch(Incoming::complete);
  }

  /**
   * The order.
   *
   * @param spec sizes of a transition that are expected
   * @throws MalformedDataException if its parts do not belong together, or it is of other
   *     transitions
   * @throws IllegalStateException if it is not {@link #complete}
   */
  public ProbeOrder finish(TransitionSpec spec) throws MalformedDataException {
    try {
      AgentSnapshot snapshot =
          new AgentSnapshot(
              online.finish(),
              target.map(IncomingSnapshot::finish),
              optimizer.map(IncomingSnapshot::finish));
      return new ProbeOrder(
          header.getId(),
          header.getProbe(),
          header.getReplies(),
          header.getResults(),
          snapshot,
          TransitionsCodec.read(transitions.finish(), spec));
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException("no agent: " + e.getMessage(), e);
    }
  }
}
