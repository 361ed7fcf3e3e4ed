package io.limber.benchmarks.replay;

import io.limber.core.replay.Transitions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The measured operations; {@link ReplayBenchmark} says what is asked of them. Many short
 * iterations: some of them fall between the turns of whatever else the machine runs.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx512m", "-XX:MaxDirectMemorySize=4g"})
@Warmup(iterations = 200, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 300, time = 10, timeUnit = TimeUnit.MILLISECONDS)
public class ReplayOperations {

  /** Transitions per second. */
  @Benchmark
  @OperationsPerInvocation(TableState.CHUNK)
  public long insert(TableState state) {
    state.table.insert(state.chunk);
    return state.table.inserted();
  }

  /** Batches per second. */
  @Benchmark
  public Transitions sample(TableState state) {
    state.table.sample(state.batch);
    return state.batch;
  }

  /** Batches' worth of bytes per second. */
  @Benchmark
  public Transitions copy(CopyState state) {
    return state.copyNext();
  }
}
