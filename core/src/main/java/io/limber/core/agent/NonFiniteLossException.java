package io.limber.core.agent;

/**
 * The loss became NaN or infinite. The parameters may be spoilt: the supervisor stops the run or
 * rolls back to an earlier state, and never goes on.
 */
public final class NonFiniteLossException extends RuntimeException {

  /**
   * @param step learner updates done when it was seen
   * @param loss the loss
   */
  public NonFiniteLossException(long step, double loss) {
    super(
        "loss is "
            + loss
            + " at learner step "
            + step
            + ": try a smaller limber.optimizer.learning-rate or gradient clipping"
            + " (limber.optimizer.max-gradient-norm)");
  }
}
