/**
 * How messages cross to other nodes: Protobuf for all of {@link io.limber.protos.wire.WireMessage},
 * Kryo for {@link io.limber.actors.serialization.PeerMessage}, which only equal nodes exchange.
 * Bound in {@code reference.conf}; any thread.
 */
package io.limber.actors.serialization;
