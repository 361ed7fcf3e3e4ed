package io.limber.streams.metrics;

import akka.Done;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a {@link MetricSink} and flushes it by the clock. Blocks while the sink does.
 *
 * <p>Order: kept. Loss: the reports that the sink refuses; each failed call is counted, the first
 * of a row logged. Rate: the sink's. Failure: a failing sink never fails the stream; when the
 * stream ends, however it ends, the sink is closed.
 */
final class MetricSinkStage
    extends AbstractGraphStageWithMaterializedValue<SinkShape<Published>, MetricSinkStage.Running> {

  /**
   * A sink at work.
   *
   * @param failures calls that failed so far
   * @param closed completes when the sink is closed, with the failure if the stream failed
   */
  record Running(AtomicLong failures, CompletableFuture<Done> closed) {}

  private static final Logger LOG = LoggerFactory.getLogger(MetricSinkStage.class);

  private final Inlet<Published> in = Inlet.create("MetricSinkStage.in");
  private final SinkShape<Published> shape = SinkShape.of(in);
  private final MetricSink sink;

  MetricSinkStage(MetricSink sink) {
    this.sink = sink;
  }

  @Override
  public SinkShape<Published> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, Running> createLogicAndMaterializedValuePair(Attributes attributes) {
    Running running = new Running(new AtomicLong(), new CompletableFuture<>());
    return Pair.create(new Logic(running), running);
  }

  @FunctionalInterface
  private interface Call {
    void run() throws Exception;
  }

  private final class Logic extends TimerGraphStageLogic {

    private final Running running;
    private long failuresInARow;
    private Throwable streamFailure;

    Logic(Running running) {
      super(shape);
      this.running = running;
      setHandler(in, new Input());
    }

    @Override
    public void preStart() {
      scheduleWithFixedDelay("flush", sink.flushInterval(), sink.flushInterval());
      pull(in);
    }

    @Override
    public void onTimer(Object key) {
      attempt(sink::flush);
    }

    @Override
    public void postStop() {
      close();
      if (streamFailure == null) {
        running.closed.complete(Done.getInstance());
      } else {
        running.closed.completeExceptionally(streamFailure);
      }
    }

    /** What cannot be written now is lost: that is said, whatever was said before. */
    private void close() {
      try {
        sink.close();
      } catch (Exception e) {
        running.failures.incrementAndGet();
        LOG.warn("Metric sink {} could not be closed as it should: {}", sink.name(), e.toString());
      }
    }

    /** Any exception is the sink's own affair: a bug in one must not stop a run of weeks. */
    private void attempt(Call call) {
      try {
        call.run();
        if (failuresInARow > 0) {
          LOG.info("Metric sink {} works again after {} failures", sink.name(), failuresInARow);
          failuresInARow = 0;
        }
      } catch (Exception e) {
        running.failures.incrementAndGet();
        if (failuresInARow++ == 0) {
          LOG.warn("Metric sink {} fails; the run goes on and it is tried again", sink.name(), e);
        }
      }
    }

    private final class Input extends AbstractInHandler {
      @Override
      public void onPush() {
        Published published = grab(in);
        attempt(() -> published.to(sink));
        pull(in);
      }

      @Override
      public void onUpstreamFailure(Throwable cause) {
        streamFailure = cause;
        failStage(cause);
      }
    }
  }
}
