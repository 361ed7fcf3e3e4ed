/**
 * What nodes tell each other, as values: {@link io.limber.protos.wire.WireMessage}, one group for
 * each receiver, and {@link io.limber.protos.wire.WireCodec}, their form as {@code limber.v1}.
 * Immutable, any thread.
 */
package io.limber.protos.wire;
