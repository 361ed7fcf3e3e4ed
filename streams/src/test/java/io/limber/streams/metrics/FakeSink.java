package io.limber.streams.metrics;

import io.limber.core.metrics.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it is told; can be blocked, and can refuse a step. */
class FakeSink implements MetricSink {

  final List<Long> steps = new CopyOnWriteArrayList<>();
  final List<Instant> times = new CopyOnWriteArrayList<>();
  final AtomicInteger flushes = new AtomicInteger();
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch closed = new CountDownLatch(1);
  private final String name;
  private final QueuePolicy policy;
  private final CountDownLatch gate;

  FakeSink(String name, QueuePolicy policy) {
    this(name, policy, new CountDownLatch(0));
  }

  /** A sink that takes its first report when {@code gate} opens. */
  FakeSink(String name, QueuePolicy policy, CountDownLatch gate) {
    this.name = name;
    this.policy = policy;
    this.gate = gate;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public QueuePolicy policy() {
    return policy;
  }

  @Override
  public Duration flushInterval() {
    return Duration.ofMillis(5);
  }

  @Override
  public void accept(Report report, Instant time) throws IOException {
    if (closed.getCount() == 0) {
      throw new IllegalStateException("accept after close");
    }
    entered.countDown();
    awaitGate();
    steps.add(report.step());
    times.add(time);
  }

  @Override
  public void flush() {
    flushes.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
  }

  private void awaitGate() throws IOException {
    try {
      if (!gate.await(20, TimeUnit.SECONDS)) {
        throw new IOException("the test never opened the gate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
