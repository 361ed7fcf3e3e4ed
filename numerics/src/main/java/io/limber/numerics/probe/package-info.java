/**
 * The probes that summarise a snapshot without training it: {@link
 * io.limber.numerics.probe.HessianProbe}, {@link io.limber.numerics.probe.GradientCovarianceProbe}
 * and {@link io.limber.numerics.probe.StatisticsProbe}. A probe belongs to one thread at a time.
 */
package io.limber.numerics.probe;
