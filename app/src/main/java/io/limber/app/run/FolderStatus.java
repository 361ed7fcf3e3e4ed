package io.limber.app.run;

import io.limber.app.console.Durations;
import io.limber.app.history.RunStatus;
import io.limber.app.history.RunStatus.State;
import io.limber.app.history.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a run is, by its folder alone: its summary, who its lock names, and when its metrics grew
 * last. Reads only and takes no lock, so that the run does not notice.
 */
public final class FolderStatus implements StatusReader {

  /** Actors report every few seconds; a probe may keep a waiting learner for longer. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  /** Of a process that cannot be looked at from here. */
  static final Duration GIVEN_UP = Duration.ofMinutes(10);

  /** Between making the lock's file and writing a name into it. */
  private static final Duration STARTING = Duration.ofSeconds(10);

  private final InstantSource clock;

  /**
   * @param clock that the files' times are compared with
   */
  public FolderStatus(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RunStatus of(Path path) throws IOException {
    RunFolder folder = new RunFolder(path);
    Optional<RunStatus> ended = ended(folder);
    if (ended.isPresent()) {
      return ended.get();
    }
    RunStatus going = going(folder);
    // it may have ended properly since the summary was looked for
    return going.state() == State.GONE ? ended(folder).orElse(going) : going;
  }

  private static Optional<RunStatus> ended(RunFolder folder) {
    return RunEnd.of(folder)
        .map(RunEnd::outcome)
        .map(
            outcome ->
                new RunStatus(
                    outcome.equals(Outcome.FAILED.toString()) ? State.FAILED : State.ENDED,
                    outcome));
  }

  private RunStatus going(RunFolder folder) throws IOException {
    if (!Files.exists(folder.metrics()) && !Files.exists(folder.lock())) {
      return new RunStatus(State.SILENT, "no metrics.jsonl");
    }
    String lock = Files.exists(folder.lock()) ? Files.readString(folder.lock()) : "";
    Optional<RunOwner> owner = RunOwner.parse(lock);
    if (owner.isPresent() && owner.get().isHere()) {
      return owner.get().lives() ? heard(folder, "its process lives") : gone(owner.get());
    }
    boolean released = Files.exists(folder.lock()) && lock.isBlank();
    if (released && age(folder.lock()).compareTo(STARTING) > 0) {
      return new RunStatus(State.GONE, "nobody writes it, and it has no summary.json");
    }
    RunStatus heard = heard(folder, "killed, or waiting");
    return heard.state() == State.SILENT && silence(folder).compareTo(GIVEN_UP) > 0
        ? new RunStatus(
            State.GONE, "nothing for " + Durations.text(silence(folder)) + ", and no summary.json")
        : heard;
  }

  private static RunStatus gone(RunOwner owner) {
    return new RunStatus(
        State.GONE, "killed: process %d is gone, without summary.json".formatted(owner.pid()));
  }

  private RunStatus heard(RunFolder folder, String otherwise) throws IOException {
    Duration silence = silence(folder);
    return silence.compareTo(SILENCE) < 0
        ? RunStatus.of(State.RUNNING)
        : new RunStatus(
            State.SILENT, "no report for %s: %s".formatted(Durations.text(silence), otherwise));
  }

  private Duration silence(RunFolder folder) throws IOException {
    return age(Files.exists(folder.metrics()) ? folder.metrics() : folder.lock());
  }

  private Duration age(Path file) throws IOException {
    return Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant());
  }
}
