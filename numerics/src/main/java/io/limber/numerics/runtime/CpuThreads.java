package io.limber.numerics.runtime;

import io.limber.core.config.Section;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.ThreadPoolOptionProto;

/**
 * {@code limber.cpu}: how TensorFlow spreads over the cores. Pools are shared by the whole process,
 * and the first program started in it decides their sizes.
 *
 * @param operations operations that run at the same time, at least 1
 * @param perOperation threads that one operation is split over, at least 1
 * @param probeOperations operations of probes that run at the same time, beside the others; at
 *     least 1
 */
public record CpuThreads(int operations, int perOperation, int probeOperations) {

  /** Probes as many operations at the same time as others. */
  public CpuThreads(int operations, int perOperation) {
    this(operations, perOperation, operations);
  }

  /** Reads and checks the section; 0 stands for a choice by the number of cores. */
  public static CpuThreads from(Section limber) {
    Section section = limber.section("cpu");
    int cores = Runtime.getRuntime().availableProcessors();
    int operations = count(section, "concurrent-operations", Math.min(2, cores));
    return new CpuThreads(
        operations,
        count(section, "threads-per-operation", Math.max(1, cores / 2)),
        count(section, "probe-operations", operations));
  }

  private static int count(Section section, String key, int automatic) {
    int value = section.integer(key);
    section.require(
        value >= 0 && value <= 1024, key, value, "lie in [0, 1024]; 0 goes by the number of cores");
    return value > 0 ? value : automatic;
  }

  /** A session's options for the pools that all share. */
  ConfigProto config() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(perOperation)
        .setInterOpParallelismThreads(operations)
        .build();
  }

  /**
   * A session's options for the pool that probes share among themselves: operations of a probe
   * never stand in a queue before those of the learner. TensorFlow refuses a pool of the same name
   * and another size, so the size is part of the name.
   */
  ConfigProto probeConfig() {
    return config().toBuilder()
        .addSessionInterOpThreadPool(
            ThreadPoolOptionProto.newBuilder()
                .setNumThreads(probeOperations)
                .setGlobalName("limber-probes-" + probeOperations))
        .build();
  }

  @Override
  public String toString() {
    return operations + " x " + perOperation + (perOperation == 1 ? " thread" : " threads");
  }
}
