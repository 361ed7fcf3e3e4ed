/**
 * The actor in front of the replay table: {@link io.limber.actors.replay.ReplayActor}. Chunks and
 * batches travel in reused buffers, which belong to whoever holds the message.
 */
package io.limber.actors.replay;
