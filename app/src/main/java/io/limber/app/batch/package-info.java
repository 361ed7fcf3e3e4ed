/**
 * Many training runs, a few at a time: {@link io.limber.app.batch.Batch} runs cells, each with a
 * configuration and a folder of its own, and never runs a finished one again. Cells run on threads
 * of the batch; whoever looks on is told from any thread.
 */
package io.limber.app.batch;
