/**
 * How fast the replay table takes chunks in and gives batches out. {@link
 * io.limber.benchmarks.replay.ReplayBenchmark} runs it.
 */
package io.limber.benchmarks.replay;
