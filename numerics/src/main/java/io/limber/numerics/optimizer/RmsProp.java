package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * RMSProp: s ← ρ s + (1 − ρ) g²; u ← μ u + α g / √(s + ε); θ ← θ − u. Centred, s − ḡ² stands in
 * place of s. As in DQN Zoo, ε is inside the root and all slots start at zero.
 *
 * @see "Tieleman and Hinton (2012), lecture 6.5; centred: Graves (2013), eq 38 to 41"
 */
final class RmsProp implements Rule {

  private final ProgramBuilder program;
  private final OptimizerSettings.RmsProp settings;
  private final List<Variable> parameters;
  private final List<Variable> meanSquares = new ArrayList<>();
  private final List<Variable> momenta = new ArrayList<>();
  private final List<Variable> means = new ArrayList<>();

  RmsProp(OptimizerSettings settings, ProgramBuilder program, List<Variable> parameters) {
    this.program = program;
    this.settings = settings.rmsProp();
    this.parameters = parameters;
    for (Variable p : parameters) {
      meanSquares.add(program.variable(p.name() + "/rmsprop-mean-square", p.shape()));
      momenta.add(program.variable(p.name() + "/rmsprop-momentum", p.shape()));
      if (this.settings.centred()) {
        means.add(program.variable(p.name() + "/rmsprop-mean", p.shape()));
      }
    }
  }

  @Override
  public List<Variable> slots() {
    List<Variable> slots = new ArrayList<>(meanSquares);
    slots.addAll(momenta);
    slots.addAll(means);
    return slots;
  }

  @Override
  public List<Op> reset() {
    return program.zero(slots());
  }

  @Override
  public List<Optimizer.Slot> slotsOf(int parameter) {
    List<Optimizer.Slot> slots = new ArrayList<>();
    slots.add(Rule.zeroSlot(meanSquares.get(parameter)));
    slots.add(Rule.zeroSlot(momenta.get(parameter)));
    if (settings.centred()) {
      slots.add(Rule.zeroSlot(means.get(parameter)));
    }
    return slots;
  }

  @Override
  public List<Op> step(Ops tf, Operand<TFloat32> rate, List<Operand<TFloat32>> gradients) {
    Ops constants = program.tf();
    Operand<TFloat32> decay = constants.constant((float) settings.decay());
    Operand<TFloat32> momentum = constants.constant((float) settings.momentum());
    Operand<TFloat32> epsilon = constants.constant((float) settings.epsilon());
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      var parameter = parameters.get(i).handle();
      var square = meanSquares.get(i).handle();
      var velocity = momenta.get(i).handle();
      Operand<TFloat32> g = gradients.get(i);
      Ops after = Rule.afterReaders(tf, gradients, i);
      done.add(
          settings.centred()
              ? after.train.resourceApplyCenteredRmsProp(
                  parameter,
                  means.get(i).handle(),
                  square,
                  velocity,
                  rate,
                  decay,
                  momentum,
                  epsilon,
                  g)
              : after.train.resourceApplyRmsProp(
                  parameter, square, velocity, rate, decay, momentum, epsilon, g));
    }
    return done;
  }
}
