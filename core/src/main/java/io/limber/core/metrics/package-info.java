/**
 * Every number Limber shows is defined once, in {@link io.limber.core.metrics.Metric}, with unit,
 * formula, source and cost; {@link io.limber.core.metrics.Measurement} is one value of one of them.
 */
package io.limber.core.metrics;
