package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** Another optimiser with a step of its own; what a subclass keeps is not among its slots. */
public abstract class DelegatingOptimizer implements Optimizer {

  protected final Optimizer rule;

  protected DelegatingOptimizer(Optimizer rule) {
    this.rule = rule;
  }

  @Override
  public final List<Variable> slots() {
    return rule.slots();
  }

  @Override
  public final List<Op> reset() {
    return rule.reset();
  }

  @Override
  public final List<Slot> slotsOf(int parameter) {
    return rule.slotsOf(parameter);
  }

  @Override
  public final List<Op> resetSteps() {
    return rule.resetSteps();
  }

  @Override
  public final List<Op> scaleRate(Operand<TFloat32> factor) {
    return rule.scaleRate(factor);
  }
}
