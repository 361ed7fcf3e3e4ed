package io.limber.core.metrics;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures memory, CPU and room on the disk of this process. Not thread-safe: one owner. Takes well
 * under 1 ms.
 */
public final class ProcessMeter {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private final InstantSource clock;
  private final Path folder;
  private final Path status;
  private Instant lastTime;
  private Duration lastCpu;

  /**
   * @param clock tells the length of the interval over which CPU time is averaged
   * @param folder on the file system whose room is measured; need not exist yet
   */
  public ProcessMeter(InstantSource clock, Path folder) {
    this(clock, folder, STATUS);
  }

  ProcessMeter(InstantSource clock, Path folder, Path status) {
    this.clock = clock;
    this.folder = folder.toAbsolutePath();
    this.status = status;
    lastTime = clock.instant();
    lastCpu = cpuTime();
  }

  /**
   * The metrics of the group {@code process}, CPU time over the interval since the last call.
   * Resident memory is missing where the system does not tell it, CPU time over an empty interval.
   */
  public Map<Metric, Double> measure() {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    Runtime runtime = Runtime.getRuntime();
    values.put(Metric.PROCESS_HEAP_USED, (double) (runtime.totalMemory() - runtime.freeMemory()));
    values.put(Metric.PROCESS_DIRECT_MEMORY, (double) directMemory());
    residentMemory().ifPresent(b -> values.put(Metric.PROCESS_RESIDENT_MEMORY, (double) b));
    diskFree().ifPresent(b -> values.put(Metric.PROCESS_DISK_FREE, (double) b));
    Instant time = clock.instant();
    Duration cpu = cpuTime();
    double seconds = Duration.between(lastTime, time).toNanos() * 1e-9;
    if (seconds > 0) {
      values.put(Metric.PROCESS_CPU, cpu.minus(lastCpu).toNanos() * 1e-9 / seconds);
      lastTime = time;
      lastCpu = cpu;
    }
    return values;
  }

  /** Physical memory of the process in bytes; empty where the system does not tell it. */
  private OptionalLong residentMemory() {
    try {
      Matcher line = RESIDENT.matcher(Files.readString(status));
      return line.find()
          ? OptionalLong.of(1024 * Long.parseLong(line.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // no such file but on Linux: the metric is not reported
    }
  }

  private OptionalLong diskFree() {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty(); // the metric is not reported
    }
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
