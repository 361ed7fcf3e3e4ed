package io.limber.numerics.runtime;

import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a GPU can be used, and says in one line why not. */
final class GpuProbe {

  private GpuProbe() {}

  /** Whether an NVIDIA driver is loaded on this machine. */
  static boolean driverPresent() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"))
        || Files.exists(Path.of("/dev/nvidiactl"));
  }

  /** Empty if GPU {@code index} can be used, else the reason. */
  static String obstacle(int index) {
    if (!driverPresent()) {
      return "no NVIDIA driver was found on this machine";
    }
    if (!TensorFlowRuntime.hasGpu()) {
      return "an NVIDIA driver is here, but the loaded TensorFlow natives cannot use it (start with"
          + " --natives gpu, and check that the CUDA 12 libraries are installed)";
    }
    int count = CudaUtils.getGpuCount();
    if (count > 0 && index >= count) {
      return "gpu:"
          + index
          + " does not exist, this machine has "
          + count
          + " (gpu:0 is the first)";
    }
    return "";
  }
}
