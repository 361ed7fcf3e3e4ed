/**
 * Exact second derivatives, inner products of gradients and activations of a network at fixed
 * parameters. Start at {@link io.limber.numerics.curvature.HessianProgram}. Objects with a session
 * of their own belong to one thread at a time; all else is immutable.
 */
package io.limber.numerics.curvature;
