/**
 * Checkpoints as files: {@link io.limber.core.checkpoint.CheckpointFolder} stages, completes,
 * finds, verifies and rotates them; {@link io.limber.core.checkpoint.Manifest} says what one
 * consists of. They know files only, not what is in them. One writer per folder; its methods block.
 */
package io.limber.core.checkpoint;
