package io.limber.actors.checkpoint;

import io.limber.actors.learner.LearnerSave;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Recovery;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Manifest;
import io.limber.core.checkpoint.UnusableCheckpointException;
import io.limber.core.replay.ReplayTable;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import io.limber.protos.SnapshotCodec;
import io.limber.protos.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint that was read and verified, for the actors to go on from. Immutable.
 *
 * @param checkpoint where it is
 * @param manifest what it consists of
 * @param actors states of all actors
 * @param policy parameters that the environments acted with
 * @param recovery how the learner is to go on after its loss diverged; empty otherwise
 */
public record ResumePoint(
    Checkpoint checkpoint,
    Manifest manifest,
    SavedState actors,
    ParameterSnapshot policy,
    Optional<Recovery> recovery) {

  private static final Logger log = LoggerFactory.getLogger(ResumePoint.class);

  static final String ACTORS = "actors.state";
  static final String POLICY = "policy.limber";

  /** The parts of {@link #actors}. */
  static final String LEARNER = "learner";

  static final String REPLAY = "replay";
  static final String ENVIRONMENTS = "environments";
  static final String PROBES = "probes";

  /** The effective configuration that the checkpoint was made with. */
  public static final String CONFIG = "config.conf";

  /**
   * Verifies every byte and reads what is small, and of replay rows the heads of their files.
   *
   * @throws UnusableCheckpointException if it is not whole; the message names the file
   */
  public static ResumePoint load(Checkpoint checkpoint) throws UnusableCheckpointException {
    Manifest manifest = checkpoint.verify();
    try {
      ResumePoint point =
          new ResumePoint(
              checkpoint,
              manifest,
              StateCodec.load(checkpoint.path().resolve(ACTORS)),
              SnapshotCodec.load(checkpoint.path().resolve(POLICY)),
              Optional.empty());
      point.requireParts();
      for (Path rows : point.rows()) {
        requireReadable(rows);
      }
      return point;
    } catch (IOException e) {
      throw new UnusableCheckpointException(e.getMessage(), e);
    }
  }

  private void requireParts() throws UnusableCheckpointException {
    for (String part : List.of(LEARNER, REPLAY, ENVIRONMENTS, PROBES)) {
      if (!actors.has(part)) {
        throw new UnusableCheckpointException(
            checkpoint.path().resolve(ACTORS) + " has no state of: " + part);
      }
    }
  }

  /** Before anything is started: an older checkpoint may have rows that can be read. */
  private static void requireReadable(Path rows) throws IOException, UnusableCheckpointException {
    try {
      ReplayTable.requireReadable(rows);
    } catch (UnusableStateException e) {
      throw new UnusableCheckpointException(rows + ": " + e.getMessage(), e);
    }
  }

  /**
   * The newest of a run's checkpoints that can be used; what cannot is passed over, with a line in
   * the log.
   *
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static Optional<ResumePoint> newest(CheckpointFolder folder) {
    try {
      for (Checkpoint checkpoint : folder.list()) {
        try {
          return Optional.of(load(checkpoint));
        } catch (UnusableCheckpointException e) {
          log.warn("passed over: {}", e.getMessage());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, for a learner that is to be more careful from here on. */
  public ResumePoint with(Recovery careful) {
    return new ResumePoint(checkpoint, manifest, actors, policy, Optional.of(careful));
  }

  /** Learner updates done. */
  public long step() {
    return manifest.step();
  }

  /** State of the learner actor. */
  public SavedState learnerActor() {
    return actors.part(LEARNER);
  }

  /** State of the replay actor. */
  public SavedState replay() {
    return actors.part(REPLAY);
  }

  /** State of the probes. */
  public SavedState probes() {
    return actors.part(PROBES);
  }

  /** State of an environment actor; empty if it had been given up, and then starts anew. */
  public Optional<SavedState> environment(String name) {
    SavedState environments = actors.part(ENVIRONMENTS);
    return environments.has(name) ? Optional.of(environments.part(name)) : Optional.empty();
  }

  /** What policies act with at first: in async, never what comes after the learner's step. */
  public Optional<ParameterSnapshot> firstPolicy() {
    return policy.step() <= step() ? Optional.of(policy) : Optional.empty();
  }

  /** Files of replay rows, oldest first. */
  public List<Path> rows() {
    Path folder = checkpoint.path().getParent();
    return manifest.segments().stream()
        .map(segment -> folder.resolve(segment.file().path()))
        .toList();
  }

  /**
   * Lets a new learner go on from here.
   *
   * @return the learner itself, which is closed after a failure
   * @throws UnusableStateException naming the checkpoint, if it is of another kind of learner
   */
  public Learner restore(Learner learner) {
    try {
      learner.restore(
          checkpoint.path().resolve(LearnerSave.FOLDER), learnerActor().part("learner"));
      recovery.ifPresent(learner::recover);
      return learner;
    } catch (IOException | RuntimeException e) {
      learner.close();
      throw new UnusableStateException(checkpoint.path() + " does not fit: " + e.getMessage(), e);
    }
  }
}
