/**
 * Summary numbers of networks and gradients: {@link io.limber.numerics.statistics.SingularValues}
 * for ranks, {@link io.limber.numerics.statistics.UnitActivity} for dead and dormant units, {@link
 * io.limber.numerics.statistics.GramMatrix} and {@link io.limber.numerics.statistics.KMeans} for
 * gradient covariance, {@link io.limber.numerics.statistics.Norms}. Plain Java, sums in double
 * precision, any thread. Each name has one definition, with its source.
 */
package io.limber.numerics.statistics;
