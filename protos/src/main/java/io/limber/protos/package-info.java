/**
 * What outlives a process or crosses versions: Protobuf schemas and their codecs. {@link
 * io.limber.protos.SnapshotCodec} and {@link io.limber.protos.TransitionsCodec} are for most users;
 * all input is bounded before anything is allocated. Stateless, any thread.
 */
package io.limber.protos;
