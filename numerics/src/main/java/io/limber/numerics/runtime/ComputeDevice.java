package io.limber.numerics.runtime;

import ai.djl.util.cuda.CudaUtils;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Where programs compute: the CPU, or one GPU.
 *
 * @param gpu index of the GPU, −1 for the CPU
 * @param threads of the CPU
 * @param ofProbes whether operations run in the probes' pool of threads
 * @param remark why a GPU that was asked for or hoped for does not serve; empty if there is nothing
 *     to say
 */
public record ComputeDevice(int gpu, CpuThreads threads, boolean ofProbes, String remark) {

  private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,3})");

  /** Whether {@code name} can be a value of {@code limber.device}. */
  public static boolean isName(String name) {
    return name.equals("auto") || name.equals("cpu") || GPU.matcher(name).matches();
  }

  /**
   * Starts the runtime and chooses the device.
   *
   * @param name auto, cpu or gpu:N
   * @param threads of the CPU
   */
  public static ComputeDevice choose(String name, CpuThreads threads) {
    TensorFlowRuntime.start(threads);
    if (name.equals("cpu")) {
      return new ComputeDevice(-1, threads, false, "");
    }
    Matcher matcher = GPU.matcher(name);
    int index = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    String obstacle = GpuProbe.obstacle(index);
    if (obstacle.isEmpty()) {
      return new ComputeDevice(index, threads, false, "");
    }
    boolean asked = !name.equals("auto");
    boolean worthSaying = asked || GpuProbe.driverPresent();
    return new ComputeDevice(-1, threads, false, worthSaying ? obstacle + "; the CPU serves" : "");
  }

  /** How many GPUs of this machine can be used; without a driver the runtime is not started. */
  public static int usableGpus(CpuThreads threads) {
    if (!GpuProbe.driverPresent()) {
      return 0;
    }
    TensorFlowRuntime.start(threads);
    return GpuProbe.obstacle(0).isEmpty() ? Math.max(1, CudaUtils.getGpuCount()) : 0;
  }

  /** The same for programs of probes, whose operations never keep others waiting in a queue. */
  public ComputeDevice forProbes() {
    return new ComputeDevice(gpu, threads, true, remark);
  }

  /** Parts of a large batch that are worth computing side by side: a GPU takes it in one. */
  public int slices() {
    return gpu < 0 ? operations() : 1;
  }

  /**
   * How many of {@code count} independent chains of operations are worth computing side by side: on
   * the CPU one for each operation that runs at the same time; a GPU is the fuller the more there
   * are.
   */
  public int lanes(int count) {
    return gpu < 0 ? Math.min(count, operations()) : count;
  }

  /** Threads of the CPU that compute at the same time at most. */
  public int cpuThreads() {
    return operations() * threads.perOperation();
  }

  private int operations() {
    return ofProbes ? threads.probeOperations() : threads.operations();
  }

  /** The session's options. */
  ConfigProto sessionConfig() {
    ConfigProto pools = ofProbes ? threads.probeConfig() : threads.config();
    ConfigProto.Builder config = pools.toBuilder().setAllowSoftPlacement(true);
    if (gpu < 0) {
      return config.putDeviceCount("GPU", 0).build();
    }
    return config
        .setGpuOptions(
            GPUOptions.newBuilder()
                .setVisibleDeviceList(Integer.toString(gpu))
                .setAllowGrowth(true))
        .build();
  }

  @Override
  public String toString() {
    return gpu < 0 ? "cpu (" + threads + ")" : "gpu:" + gpu;
  }
}
