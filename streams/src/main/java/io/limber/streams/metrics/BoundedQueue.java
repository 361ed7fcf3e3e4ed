package io.limber.streams.metrics;

import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStageLogic;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A queue that counts its depth and what it drops, which Akka's {@code buffer} does not.
 *
 * <p>Order: kept. Loss: none with {@link QueuePolicy#WAIT}, the oldest with {@link
 * QueuePolicy#DROP_OLDEST}. Rate: takes what comes until it is full. Failure and completion: passed
 * on after the elements that wait.
 */
final class BoundedQueue<T>
    extends AbstractGraphStageWithMaterializedValue<FlowShape<T, T>, QueueCounters> {

  private final Inlet<T> in = Inlet.create("BoundedQueue.in");
  private final Outlet<T> out = Outlet.create("BoundedQueue.out");
  private final FlowShape<T, T> shape = FlowShape.of(in, out);
  private final int capacity;
  private final QueuePolicy policy;

  /**
   * @param capacity at least 1
   */
  BoundedQueue(int capacity, QueuePolicy policy) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity = " + capacity + " must be at least 1");
    }
    this.capacity = capacity;
    this.policy = policy;
  }

  @Override
  public FlowShape<T, T> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, QueueCounters> createLogicAndMaterializedValuePair(
      Attributes attributes) {
    QueueCounters counters = new QueueCounters();
    return Pair.create(new Logic(counters), counters);
  }

  private final class Logic extends GraphStageLogic {

    private final QueueCounters counters;
    private final Queue<T> waiting = new ArrayDeque<>();
    private Throwable failure;

    Logic(QueueCounters counters) {
      super(shape);
      this.counters = counters;
      setHandler(in, new Input());
      setHandler(out, new Output());
    }

    @Override
    public void preStart() {
      pull(in);
    }

    /**
     * Hands one element on if it is wanted, asks for more if there is room, ends if all is done.
     */
    private void proceed() {
      if (isAvailable(out) && !waiting.isEmpty()) {
        push(out, waiting.remove());
      }
      counters.depth().set(waiting.size());
      if (isClosed(in)) {
        endIfEmpty();
      } else if (!hasBeenPulled(in)
          && (waiting.size() < capacity || policy == QueuePolicy.DROP_OLDEST)) {
        pull(in);
      }
    }

    private void endIfEmpty() {
      if (waiting.isEmpty()) {
        if (failure == null) {
          completeStage();
        } else {
          failStage(failure);
        }
      }
    }

    private final class Input extends AbstractInHandler {
      @Override
      public void onPush() {
        if (waiting.size() == capacity) {
          waiting.remove();
          counters.dropped().incrementAndGet();
        }
        waiting.add(grab(in));
        proceed();
      }

      @Override
      public void onUpstreamFinish() {
        endIfEmpty();
      }

      @Override
      public void onUpstreamFailure(Throwable cause) {
        failure = cause;
        endIfEmpty();
      }
    }

    private final class Output extends AbstractOutHandler {
      @Override
      public void onPull() {
        proceed();
      }
    }
  }
}
