package io.limber.numerics.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Where programs compute: the CPU, or one GPU.
 *
 * @param gpu index of the GPU, −1 for the CPU
 * @param cpuThreads threads for CPU kernels, at least 1
 * @param remark why a GPU that was asked for or hoped for does not serve; empty if there is nothing
 *     to say
 */
public record ComputeDevice(int gpu, int cpuThreads, String remark) {

  private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,3})");

  /** Whether {@code name} can be a value of {@code limber.device}. */
  public static boolean isName(String name) {
    return name.equals("auto") || name.equals("cpu") || GPU.matcher(name).matches();
  }

  /**
   * Starts the runtime and chooses the device.
   *
   * @param name auto, cpu or gpu:N
   * @param cpuThreads 0 for one per core
   */
  public static ComputeDevice choose(String name, int cpuThreads) {
    int threads = cpuThreads > 0 ? cpuThreads : Runtime.getRuntime().availableProcessors();
    TensorFlowRuntime.start(threads);
    if (name.equals("cpu")) {
      return new ComputeDevice(-1, threads, "");
    }
    Matcher matcher = GPU.matcher(name);
    int index = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    String obstacle = GpuProbe.obstacle(index);
    if (obstacle.isEmpty()) {
      return new ComputeDevice(index, threads, "");
    }
    boolean asked = !name.equals("auto");
    boolean worthSaying = asked || GpuProbe.driverPresent();
    return new ComputeDevice(-1, threads, worthSaying ? obstacle + "; the CPU serves" : "");
  }

  /** The session's options. */
  ConfigProto sessionConfig() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(cpuThreads)
            .setInterOpParallelismThreads(cpuThreads)
            .setAllowSoftPlacement(true);
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
    return gpu < 0 ? "cpu (" + cpuThreads + " threads)" : "gpu:" + gpu;
  }
}
