/**
 * Every number Limber shows is defined once, in {@link io.limber.core.metrics.Metric}, with unit,
 * formula, source and cost; {@link io.limber.core.metrics.Measurement} is one value of one of them,
 * {@link io.limber.core.metrics.Report} what one source says at one step. Results that are no
 * single number get a type of their own beside {@code Report}. Immutable, any thread, but for
 * {@link io.limber.core.metrics.ProcessMeter}.
 */
package io.limber.core.metrics;
