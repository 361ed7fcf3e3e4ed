package io.limber.core.agent;

/**
 * How a learner goes on after its loss became NaN or infinite and it was rolled back.
 *
 * @param learningRateFactor multiplies all further learning rates, on top of earlier factors; in
 *     (0, 1]
 * @param restartOptimizer whether moments and step count start anew; the schedule goes on
 */
public record Recovery(double learningRateFactor, boolean restartOptimizer) {

  public Recovery {
    if (!(learningRateFactor > 0 && learningRateFactor <= 1)) {
      throw new IllegalArgumentException(
          "learningRateFactor = " + learningRateFactor + " must be in (0, 1]");
    }
  }
}
