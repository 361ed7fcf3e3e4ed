/**
 * Where reports go. {@link io.limber.streams.metrics.MetricsHub} fans them out to {@link
 * io.limber.streams.metrics.MetricSink}s, each behind a bounded queue of its own; a new kind of
 * output is one class that implements {@code MetricSink}. Reports are published from any thread;
 * each sink is used by one thread at a time.
 */
package io.limber.streams.metrics;
