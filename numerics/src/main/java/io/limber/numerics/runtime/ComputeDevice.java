package io.limber.numerics.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Where programs compute: the CPU, or one GPU.
 *
 * @param gpu index of the GPU, −1 for the CPU
 * @param threads of the CPU
 * @param remark why a GPU that was asked for or hoped for does not serve; empty if there is nothing
 *     to say
 */
public record ComputeDevice(int gpu, CpuThreads threads, String remark) {

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

  /** Parts of a large batch that are worth computing side by side: a GPU takes it in one. */
  public int slices() {
    return gpu < 0 ? threads.operations() : 1;
  }

  /** The session's options. */
  ConfigProto sessionConfig() {
    ConfigProto.Builder config = threads.config().toBuilder().setAllowSoftPlacement(true);
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
