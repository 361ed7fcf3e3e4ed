/**
 * Networks as small declarative descriptions: a {@link io.limber.numerics.network.Network} is a
 * small graph of {@link io.limber.numerics.network.Layer}s. A new layer kind or architecture is one
 * new file. Immutable, any thread.
 */
package io.limber.numerics.network;
