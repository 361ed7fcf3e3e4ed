package io.limber.app.batch;

import io.limber.app.config.Settings;
import io.limber.app.console.Sizes;
import io.limber.app.run.MemoryPlan;
import io.limber.app.run.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many cells this machine has room for at once.
 *
 * @param cores of the machine
 * @param memoryBytes what cells may take: nine tenths of the machine less Java's heap
 * @param cellBytes what the greatest cell takes off the heap
 */
public record Room(int cores, long memoryBytes, long cellBytes) {

  /**
   * TensorFlow's session and an agent's own buffers: 170 to 220 MiB more for each agent, mlp or
   * cnn.
   */
  private static final long SESSION_BYTES = 200L << 20;

  /**
   * Looks at the machine and at every cell; data sets are loaded for that.
   *
   * @throws io.limber.core.data.DataFileException if a file is missing or damaged
   */
  public static Room of(List<Cell> cells) {
    long greatest = 0;
    Map<Object, Task> tasks = new HashMap<>();
    for (Cell cell : cells) {
      Settings settings = Settings.check(cell.config().limber());
      Task task =
          tasks.computeIfAbsent(
              List.of(settings.data(), settings.environment()), key -> Task.of(settings));
      greatest = Math.max(greatest, settings.replay().storeBytes(task.spec()) + SESSION_BYTES);
    }
    return here(greatest);
  }

  /**
   * Looks at the machine alone.
   *
   * @param cellBytes what the greatest cell takes off the heap
   */
  public static Room here(long cellBytes) {
    long machine = MemoryPlan.physicalMemory() / 10 * 9 - Runtime.getRuntime().maxMemory();
    return new Room(Runtime.getRuntime().availableProcessors(), machine, cellBytes);
  }

  /** A cell for each core, as far as memory goes; at least one. */
  public int parallel() {
    return Math.min(cores, inMemory());
  }

  /** As far as memory goes, however many cores there are; at least one. */
  public int inMemory() {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, memoryBytes / Math.max(1, cellBytes)));
  }

  /** For people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d cores, %s for agents of up to %s each",
        cores,
        Sizes.text(Math.max(0, memoryBytes)),
        Sizes.text(cellBytes));
  }
}
