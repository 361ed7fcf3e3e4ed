/**
 * What agents learn, as parts of a graph: {@link io.limber.numerics.objective.Objective} with one
 * class per kind of outputs. Immutable, any thread.
 */
package io.limber.numerics.objective;
