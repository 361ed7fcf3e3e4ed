package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gradient descent: u ← μ u + g; θ ← θ − α u; without slots when μ is 0. */
final class Sgd implements Rule {

  private final ProgramBuilder program;
  private final float momentum;
  private final List<Variable> parameters;
  private final List<Variable> momenta = new ArrayList<>();

  Sgd(OptimizerSettings settings, ProgramBuilder program, List<Variable> parameters) {
    this.program = program;
    this.momentum = (float) settings.sgd().momentum();
    this.parameters = parameters;
    if (momentum > 0) {
      parameters.forEach(p -> momenta.add(program.variable(p.name() + "/sgd-momentum", p.shape())));
    }
  }

  @Override
  public List<Variable> slots() {
    return List.copyOf(momenta);
  }

  @Override
  public List<Op> reset() {
    return program.zero(momenta);
  }

  @Override
  public List<Optimizer.Slot> slotsOf(int parameter) {
    return momentum > 0 ? List.of(Rule.zeroSlot(momenta.get(parameter))) : List.of();
  }

  @Override
  public List<Op> step(Ops tf, Operand<TFloat32> rate, List<Operand<TFloat32>> gradients) {
    Ops constants = program.tf();
    Operand<TFloat32> mu = constants.constant(momentum);
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      var parameter = parameters.get(i).handle();
      Operand<TFloat32> g = gradients.get(i);
      Ops after = Rule.afterReaders(tf, gradients, i);
      done.add(
          momentum > 0
              ? after.train.resourceApplyMomentum(parameter, momenta.get(i).handle(), rate, g, mu)
              : after.train.resourceApplyGradientDescent(parameter, rate, g));
    }
    return done;
  }
}
