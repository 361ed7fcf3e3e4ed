package io.limber.benchmarks.replay;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.util.Optional;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A full table of MNIST-sized transitions whose limiter never says no. */
@State(Scope.Benchmark)
public class TableState {

  static final TransitionSpec SPEC = new TransitionSpec(784);
  static final int CHUNK = 64;

  private static final double NEVER_WAIT = 1e15;

  @Param({"100000", "1000000"})
  public int capacity;

  @Param({"32", "256"})
  public int batchSize;

  ReplayTable table;
  Transitions chunk;
  Transitions batch;

  @Setup(Level.Trial)
  public void fill() {
    var settings =
        new ReplaySettings(capacity, 1, 1, NEVER_WAIT, Optional.empty(), CHUNK, batchSize);
    table = ReplayTable.create(settings, SPEC, new SeededRandom(1));
    batch = new Transitions(SPEC, batchSize);
    chunk = new Transitions(SPEC, CHUNK);
    chunk.setSize(CHUNK);
    while (table.size() < capacity) {
      table.insert(chunk);
    }
  }

  @TearDown(Level.Trial)
  public void free() {
    table.close();
  }
}
