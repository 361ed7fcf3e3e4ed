package io.limber.app.dashboard;

import io.limber.app.history.FollowedRun;
import io.limber.app.history.ShownRun;
import io.limber.app.history.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs that are read from their folders, each by one thread, once a second. */
public final class FollowedRuns implements AutoCloseable {

  /** More would not be told apart in a chart, and each is held in memory. */
  public static final int MOST = 64;

  private final List<ShownRun> shown = new ArrayList<>();
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dashboard-reader");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins to read.
   *
   * @param folders of runs
   * @param status tells how each is
   */
  public FollowedRuns(List<Path> folders, StatusReader status) {
    Set<String> ids = new HashSet<>();
    for (Path folder : folders) {
      String name = ShownRun.idOf(folder.getFileName().toString());
      String id = name;
      for (int i = 2; !ids.add(id); i++) {
        id = ShownRun.idOf(i + "-" + name);
      }
      FollowedRun run = new FollowedRun(folder, status);
      shown.add(new ShownRun(id, folder, run::history));
      reader.scheduleWithFixedDelay(run::poll, 0, 1, TimeUnit.SECONDS);
    }
  }

  /**
   * The run folders that {@code folder} stands for: itself, or those directly below it, by name;
   * none if there is no run.
   */
  public static List<Path> below(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (isRun(absolute)) {
      return List.of(absolute);
    }
    if (!Files.isDirectory(absolute)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(absolute)) {
      return entries.filter(FollowedRuns::isRun).sorted().toList();
    }
  }

  private static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("metrics.jsonl"))
        || Files.isRegularFile(folder.resolve("config.conf"));
  }

  /** What can be looked at; grows while it is read. */
  public List<ShownRun> shown() {
    return List.copyOf(shown);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
