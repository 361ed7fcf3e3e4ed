package io.limber.app.config;

import io.limber.core.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Files and the console.
 *
 * @param runsDirectory folder in which a run makes its own folder
 * @param progressInterval time between two plain progress lines
 */
public record AppSettings(Path runsDirectory, Duration progressInterval) {

  /** Reads the keys that stand directly below {@code limber}. */
  public static AppSettings from(Section limber) {
    Optional<Path> runs = limber.file("runs-directory");
    limber.require(runs.isPresent(), "runs-directory", "", "name a folder for the runs");
    Duration interval = limber.duration("progress-interval");
    limber.require(
        interval.compareTo(Duration.ofMillis(100)) >= 0,
        "progress-interval",
        interval,
        "be at least 100 ms, or the lines would flood the log");
    return new AppSettings(runs.get(), interval);
  }
}
