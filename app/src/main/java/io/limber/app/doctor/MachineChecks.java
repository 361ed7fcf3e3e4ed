package io.limber.app.doctor;

import io.limber.app.console.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What does not depend on Limber's own code. */
final class MachineChecks {

  private static final String INSTALL = "apt-get install ";

  /** A run writes some megabytes; less than this is a disk about to be full. */
  private static final long LEAST_DISK_BYTES = 512L << 20;

  private MachineChecks() {}

  static Finding jdk() {
    return Finding.ok("JDK", Runtime.version() + " in " + System.getProperty("java.home"));
  }

  static Finding maven() {
    return ExternalProgram.firstLine("mvn", "-B", "--version")
        .map(line -> Finding.ok("Maven", line))
        .orElseGet(
            () ->
                Finding.missing(
                    "Maven", "mvn does not run: changes cannot be built", INSTALL + "maven"));
  }

  static Finding gpu() {
    Optional<String> driver =
        ExternalProgram.firstLine(
            "nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader");
    if (driver.isEmpty()) {
      return Finding.optional(
          "GPU", "no NVIDIA driver answers: the CPU serves", "install the driver to use a GPU");
    }
    boolean cpuBuild = "cpu".equals(System.getProperty("limber.natives"));
    return cpuBuild
        ? Finding.optional(
            "GPU", driver.get() + ", but this is the CPU build", "run with --natives gpu")
        : Finding.ok("GPU", driver.get());
  }

  static Finding disk(Path runs) {
    Path folder = runs.toAbsolutePath().normalize();
    while (!Files.exists(folder)) {
      folder = folder.getParent(); // ends: the root exists
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String detail = Sizes.text(free) + " free in " + folder;
      return free >= LEAST_DISK_BYTES && Files.isWritable(folder)
          ? Finding.ok("disk", detail)
          : Finding.missing(
              "disk",
              detail + (Files.isWritable(folder) ? "" : ", which cannot be written"),
              "make room, or name another folder: --set runs-directory=DIR");
    } catch (IOException e) {
      return Finding.missing(
          "disk", folder + ": " + e, "name another folder: --set runs-directory=DIR");
    }
  }

  static Finding tensorBoard() {
    return ExternalProgram.firstLine(
            "python3", "-c", "import tensorboard; print(tensorboard.__version__)")
        .map(version -> Finding.ok("TensorBoard", version))
        .orElseGet(
            () ->
                Finding.optional(
                    "TensorBoard",
                    "Python's tensorboard is not here: event files are written all the same",
                    "pip install tensorboard, to look at them"));
  }
}
