package io.limber.app.run;

import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.learner.FailureKind;
import io.limber.actors.run.RunEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Decides how a run goes on when a part of it refuses its state in a checkpoint whose bytes are as
 * they were written: from the next older one. Immutable.
 *
 * @param wanted steps of checkpoints that may be gone on from
 * @param say is told of each that was refused
 */
record Refusals(LongPredicate wanted, Consumer<String> say) {

  /**
   * What the run goes on from; empty if it was not refused what it went on from, or if there is
   * nothing older.
   *
   * @param end how it ended
   * @param refused what it went on from
   */
  Optional<ResumePoint> after(RunEvent end, Optional<ResumePoint> refused, SavedRun saved)
      throws IOException {
    boolean isRefusal =
        end instanceof RunEvent.RunFailed failed && failed.kind() == FailureKind.REFUSED;
    if (!isRefusal || refused.isEmpty()) {
      return Optional.empty();
    }
    long step = refused.get().step();
    String reason = ((RunEvent.RunFailed) end).reason();
    say.accept("the checkpoint at step %d is passed over: %s".formatted(step, reason));
    try {
      ResumePoint older = saved.find(found -> wanted.test(found) && found < step);
      say.accept("going on from the older checkpoint at step " + older.step());
      return Optional.of(
          refused.get().recovery().map(older::with).orElse(older)); // a rollback stays one
    } catch (UnusableRunException e) {
      say.accept("there is no older checkpoint that can be used");
      saved.takeBack();
      return Optional.empty();
    }
  }
}
