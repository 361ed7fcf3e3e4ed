/** Limber's programs against values that an independent one computed once, in float64. */
package io.limber.numerics.reference;
