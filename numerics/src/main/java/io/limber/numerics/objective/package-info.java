/** Temporal-difference objectives as parts of a graph. Immutable, any thread. */
package io.limber.numerics.objective;
