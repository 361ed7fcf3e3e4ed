package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A rule at the rate of its schedule. */
final class ScheduledOptimizer implements Optimizer {

  private final Rule rule;
  private final LearningRate rate;

  ScheduledOptimizer(Rule rule, LearningRate rate) {
    this.rule = rule;
    this.rate = rate;
  }

  @Override
  public List<Variable> slots() {
    List<Variable> slots = new ArrayList<>(rule.slots());
    slots.addAll(rate.slots());
    return slots;
  }

  @Override
  public List<Op> reset() {
    List<Op> operations = new ArrayList<>(rule.reset());
    operations.addAll(rate.reset());
    return operations;
  }

  @Override
  public List<Slot> slotsOf(int parameter) {
    return rule.slotsOf(parameter);
  }

  @Override
  public List<Op> resetSteps() {
    return rule.resetSteps();
  }

  @Override
  public List<Op> scaleRate(Operand<TFloat32> factor) {
    return rate.scale(factor);
  }

  @Override
  public List<Op> step(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Op> done = new ArrayList<>();
    Operand<TFloat32> present = rate.next(tf, done);
    done.addAll(rule.step(tf, present, gradients));
    return done;
  }
}
