package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Trains some of the parameters; the others have no slots and stay as they are. */
final class TrainedOptimizer implements Optimizer {

  private final Optimizer optimizer;
  private final List<Integer> trained;

  /**
   * @param optimizer bound to the trained parameters
   * @param trained their places among all parameters
   */
  TrainedOptimizer(Optimizer optimizer, List<Integer> trained) {
    this.optimizer = optimizer;
    this.trained = trained;
  }

  @Override
  public List<Variable> slots() {
    return optimizer.slots();
  }

  @Override
  public List<Op> reset() {
    return optimizer.reset();
  }

  @Override
  public List<Slot> slotsOf(int parameter) {
    int place = trained.indexOf(parameter);
    return place < 0 ? List.of() : optimizer.slotsOf(place);
  }

  @Override
  public List<Op> resetSteps() {
    return optimizer.resetSteps();
  }

  @Override
  public List<Op> scaleRate(Operand<TFloat32> factor) {
    return optimizer.scaleRate(factor);
  }

  @Override
  public List<Op> step(Ops tf, List<Operand<TFloat32>> gradients) {
    return optimizer.step(tf, gradients);
  }
}
