/**
 * Checkpoints of a running run: {@link io.limber.actors.checkpoint.Checkpointer} gathers what every
 * actor goes on from and writes it beside training; {@link io.limber.actors.checkpoint.ResumePoint}
 * reads it back.
 */
package io.limber.actors.checkpoint;
