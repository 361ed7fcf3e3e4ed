/**
 * Spectra of symmetric operators that are known only through their products with vectors: {@link
 * io.limber.numerics.linop.ExtremeEigenvalues}, {@link io.limber.numerics.linop.SpectralDensity}
 * and {@link io.limber.numerics.linop.Hutchinson}. Plain Java in double precision; one owner thread
 * calls, {@link io.limber.numerics.linop.Workers} share the vector work. Sums are taken in an order
 * that depends on the length alone, so the number of threads never changes a bit of a result.
 */
package io.limber.numerics.linop;
