/**
 * The one way from all actors to the metric sinks: {@link io.limber.actors.metrics.MetricsActor}.
 * Telling it never blocks.
 */
package io.limber.actors.metrics;
