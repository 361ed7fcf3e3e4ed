package io.limber.numerics.runtime;

import io.limber.core.config.Section;
import org.tensorflow.proto.ConfigProto;

/**
 * {@code limber.cpu}: how TensorFlow spreads over the cores. Both pools are shared by the whole
 * process, and the first program started in it decides their sizes.
 *
 * @param operations operations that run at the same time, at least 1
 * @param perOperation threads that one operation is split over, at least 1
 */
public record CpuThreads(int operations, int perOperation) {

  /** Reads and checks the section; 0 stands for a choice by the number of cores. */
  public static CpuThreads from(Section limber) {
    Section section = limber.section("cpu");
    int cores = Runtime.getRuntime().availableProcessors();
    return new CpuThreads(
        count(section, "concurrent-operations", Math.min(2, cores)),
        count(section, "threads-per-operation", Math.max(1, cores / 2)));
  }

  private static int count(Section section, String key, int automatic) {
    int value = section.integer(key);
    section.require(
        value >= 0 && value <= 1024, key, value, "lie in [0, 1024]; 0 goes by the number of cores");
    return value > 0 ? value : automatic;
  }

  /** Threads that compute at the same time at most. */
  public int total() {
    return operations * perOperation;
  }

  /** A session's options for these pools. */
  ConfigProto config() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(perOperation)
        .setInterOpParallelismThreads(operations)
        .build();
  }

  @Override
  public String toString() {
    return operations + " x " + perOperation + (perOperation == 1 ? " thread" : " threads");
  }
}
