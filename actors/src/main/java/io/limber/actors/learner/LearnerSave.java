package io.limber.actors.learner;

import akka.actor.typed.ActorRef;
import io.limber.core.state.SavedState;
import java.nio.file.Path;

/** What a learner says and hears when it has saved itself for a checkpoint. */
public final class LearnerSave {

  /** The folder of the learner's own files within a checkpoint. */
  public static final String FOLDER = "learner";

  private LearnerSave() {}

  /** What a learner says. */
  public sealed interface Event permits Begun, Failed {}

  /**
   * The learner has saved itself, and the rest of the checkpoint is to follow.
   *
   * @param staging where, and where the rest is to go
   * @param learner state of its actor
   * @param stopping the run stops at this step, whatever probes still measure
   * @param startNanos when it began to save itself
   */
  public record Begun(
      long step,
      Path staging,
      SavedState learner,
      boolean stopping,
      long startNanos,
      ActorRef<Reply> replyTo)
      implements Event {}

  /** The learner could not save itself. */
  public record Failed(long step, String reason, ActorRef<Reply> replyTo) implements Event {}

  /** What a learner hears: {@link Taken} and {@link Ended}, or {@link Ended} alone. */
  public sealed interface Reply permits Taken, Ended, TryAgain {}

  /** Every actor has answered: training may go on. */
  public record Taken(long step) implements Reply {}

  /** The checkpoint is on the disk, or was given up. */
  public record Ended(long step) implements Reply {}

  /** There may be room again for the checkpoint that was given up. */
  public record TryAgain() implements Reply {}
}
