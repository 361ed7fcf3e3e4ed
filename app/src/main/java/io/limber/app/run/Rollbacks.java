package io.limber.app.run;

import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.learner.DivergenceSettings;
import io.limber.actors.learner.FailureKind;
import io.limber.actors.run.RunEvent;
import io.limber.core.agent.Recovery;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides how a run goes on after its loss became NaN or infinite: from the newest checkpoint, with
 * a smaller step; when that diverges without another checkpoint, from the one before, with a
 * smaller step still. Not thread-safe: one run.
 */
final class Rollbacks {

  private final DivergenceSettings settings;
  private final Consumer<String> say;
  private int count;
  private long lastStep = -1;
  private int inARow;

  Rollbacks(DivergenceSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.say = say;
  }

  /** How often the run was rolled back. */
  int count() {
    return count;
  }

  /**
   * What the run goes on from, if it diverged and may.
   *
   * @param end how it ended
   * @param saved its checkpoints
   */
  Optional<ResumePoint> after(RunEvent end, SavedRun saved) throws IOException {
    boolean diverged =
        end instanceof RunEvent.RunFailed failed && failed.kind() == FailureKind.DIVERGED;
    if (!diverged || count >= settings.maxRollbacks()) {
      return Optional.empty();
    }
    try {
      ResumePoint newest = saved.find(step -> true);
      boolean again = newest.step() == lastStep; // no checkpoint since
      inARow = again ? inARow + 1 : 1;
      ResumePoint from = again ? older(saved, newest) : newest;
      lastStep = from.step();
      count++;
      double factor = Math.pow(settings.learningRateFactor(), inARow);
      say.accept(
          "%s; rolled back to step %d, learning rate times %s%s (%d of at most %d)"
              .formatted(
                  ((RunEvent.RunFailed) end).reason(),
                  from.step(),
                  factor,
                  settings.resetOptimizer() ? ", optimiser reset" : "",
                  count,
                  settings.maxRollbacks()));
      return Optional.of(from.with(new Recovery(factor, settings.resetOptimizer())));
    } catch (UnusableRunException e) {
      say.accept("no checkpoint to roll back to");
      return Optional.empty();
    }
  }

  private ResumePoint older(SavedRun saved, ResumePoint newest) throws IOException {
    try {
      return saved.find(step -> step < lastStep);
    } catch (UnusableRunException e) {
      return newest; // there is none before it
    }
  }
}
