/**
 * TensorBoard's event files: what a record holds ({@link io.limber.protos.tensorboard.EventCodec})
 * and how records lie in a file ({@link io.limber.protos.tensorboard.RecordFraming}). Stateless,
 * any thread.
 */
package io.limber.protos.tensorboard;
