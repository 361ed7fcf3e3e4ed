package io.limber.app.run;

import io.limber.app.config.Settings;
import io.limber.app.console.Sizes;
import io.limber.core.replay.TransitionSpec;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a run will take of the machine's memory.
 *
 * @param replayBytes the replay store, off the heap, taken at the start
 * @param heapBytes the most that Java's heap may grow to
 * @param physicalBytes memory of the machine
 */
public record MemoryPlan(long replayBytes, long heapBytes, long physicalBytes) {

  /** Plan of a run with these settings, in this JVM. */
  public static MemoryPlan of(Settings settings, TransitionSpec spec) {
    return new MemoryPlan(
        settings.replay().storeBytes(spec), Runtime.getRuntime().maxMemory(), physicalMemory());
  }

  /** Bytes of memory that the machine has, or that the container around this process lets it. */
  public static long physicalMemory() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }

  /** Whether the store leaves room for anything else. */
  public boolean fits() {
    return replayBytes < physicalBytes / 10 * 9;
  }

  /** For people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "replay %s off the heap, heap up to %s, machine %s",
        Sizes.text(replayBytes),
        Sizes.text(heapBytes),
        Sizes.text(physicalBytes));
  }
}
