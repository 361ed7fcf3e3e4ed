/**
 * The paper's plasticity measure. {@link io.limber.numerics.plasticity.PlasticityProbe} is the
 * entry point; one owner thread.
 */
package io.limber.numerics.plasticity;
