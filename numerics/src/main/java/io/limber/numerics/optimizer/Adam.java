package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with both epsilons: θ ← θ − α m̂ / (√(v̂ + ε̄) + ε), with m̂ and v̂ corrected for their
 * bias.
 *
 * <p>TensorFlow's fused kernel has the outer epsilon only, and does not correct it. Two identities
 * make it exact: its ε is fed ε √(1 − β₂ᵗ); and as v̂ + ε̄ = (v + ε̄ (1 − β₂ᵗ)) / (1 − β₂ᵗ), where
 * ε̄ (1 − β₂ᵗ) is the moving average of the constant ε̄ started at zero, ε̄ inside the root is the
 * same as averaging g² + ε̄ instead of g². So the slot holds that average, and adding ε̄ (1 −
 * β₂)/β₂ to it before the kernel's decay does the rest.
 *
 * <p>As AdamW, kernels w lose α λ w besides, at the values and the rate of the same step; biases
 * and other tensors of one axis do not decay. α λ is what the source calls λ η: there the decay
 * does not follow a change of α. It does here, as in PyTorch and Optax, so that their values of λ
 * can be used.
 *
 * @see "Kingma and Ba (2015), algorithm 1; Lyle et al. (2023), section 4, for the inner epsilon"
 * @see "Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization, algorithm 2, for
 *     AdamW"
 */
final class Adam implements Rule {

  private final ProgramBuilder program;
  private final OptimizerSettings.Adam settings;
  private final double weightDecay;
  private final List<Variable> parameters;
  private final List<Variable> firstMoments = new ArrayList<>();
  private final List<Variable> secondMoments = new ArrayList<>();
  private final Variable beta1Power;
  private final Variable beta2Power;

  Adam(OptimizerSettings settings, ProgramBuilder program, List<Variable> parameters) {
    this.program = program;
    this.settings = settings.adam();
    weightDecay =
        settings.kind() == OptimizerSettings.Kind.ADAMW ? settings.adamW().weightDecay() : 0;
    this.parameters = parameters;
    for (Variable p : parameters) {
      firstMoments.add(program.variable(p.name() + "/adam-m", p.shape()));
      secondMoments.add(program.variable(p.name() + "/adam-v", p.shape()));
    }
    beta1Power = program.variable("adam/beta1-power", Shape.scalar());
    beta2Power = program.variable("adam/beta2-power", Shape.scalar());
  }

  @Override
  public List<Variable> slots() {
    List<Variable> slots = new ArrayList<>(firstMoments);
    slots.addAll(secondMoments);
    slots.add(beta1Power);
    slots.add(beta2Power);
    return slots;
  }

  @Override
  public List<Op> reset() {
    Ops tf = program.tf();
    List<Op> operations = program.zero(firstMoments);
    operations.addAll(program.zero(secondMoments));
    operations.addAll(
        program.assign(List.of(beta1Power, beta2Power), List.of(tf.constant(1f), tf.constant(1f))));
    return operations;
  }

  @Override
  public List<Optimizer.Slot> slotsOf(int parameter) {
    return List.of(
        Rule.zeroSlot(firstMoments.get(parameter)),
        new Optimizer.Slot(secondMoments.get(parameter), this::innerPart));
  }

  /** What the second moments' slots hold of the inner epsilon by now: ε̄ (1 − β₂ᵗ). */
  private Operand<TFloat32> innerPart(Ops tf) {
    return tf.math.mul(
        tf.constant((float) settings.innerEpsilon()),
        tf.math.sub(tf.constant(1f), beta2Power.read(tf)));
  }

  /** Takes the inner epsilon's part out of the slots: at no steps it is nothing. */
  @Override
  public List<Op> resetSteps() {
    Ops tf = program.tf();
    List<Op> kept = new ArrayList<>();
    if (settings.innerEpsilon() > 0) {
      Operand<TFloat32> part = innerPart(tf);
      for (Variable v : secondMoments) {
        // rounding must not leave a square below zero
        Operand<TFloat32> square = tf.math.sub(v.read(tf), part);
        kept.add(tf.assignVariableOp(v.handle(), tf.math.maximum(square, tf.constant(0f))));
      }
    }
    Ops after = kept.isEmpty() ? tf : tf.withControlDependencies(kept);
    List<Op> operations = new ArrayList<>(kept);
    for (Variable power : List.of(beta1Power, beta2Power)) {
      operations.add(after.assignVariableOp(power.handle(), tf.constant(1f)));
    }
    return operations;
  }

  @Override
  public List<Op> step(Ops tf, Operand<TFloat32> rate, List<Operand<TFloat32>> gradients) {
    Ops constants = program.tf();
    Operand<TFloat32> beta1 = constants.constant((float) settings.beta1());
    Operand<TFloat32> beta2 = constants.constant((float) settings.beta2());
    Operand<TFloat32> power1 = constants.math.mul(beta1Power.read(tf), beta1);
    Operand<TFloat32> power2 = constants.math.mul(beta2Power.read(tf), beta2);
    Operand<TFloat32> correction =
        constants.math.sqrt(constants.math.sub(constants.constant(1f), power2));
    Operand<TFloat32> epsilon =
        constants.math.mul(constants.constant((float) settings.epsilon()), correction);
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Ops after = prepared(Rule.afterReaders(tf, gradients, i), rate, i);
      done.add(
          after.train.resourceApplyAdam(
              parameters.get(i).handle(),
              firstMoments.get(i).handle(),
              secondMoments.get(i).handle(),
              power1,
              power2,
              rate,
              beta1,
              beta2,
              epsilon,
              gradients.get(i)));
    }
    done.add(tf.assignVariableOp(beta1Power.handle(), power1));
    done.add(tf.assignVariableOp(beta2Power.handle(), power2));
    return done;
  }

  /** After what the kernel leaves out has been done to tensor {@code i}. */
  private Ops prepared(Ops tf, Operand<TFloat32> rate, int i) {
    List<Op> done = new ArrayList<>();
    if (settings.innerEpsilon() > 0) {
      done.add(addInnerEpsilon(tf, secondMoments.get(i)));
    }
    if (weightDecay > 0 && Rule.decays(parameters.get(i))) {
      done.add(decay(tf, rate, parameters.get(i)));
    }
    return done.isEmpty() ? tf : tf.withControlDependencies(done);
  }

  private Op addInnerEpsilon(Ops tf, Variable secondMoment) {
    Ops constants = program.tf();
    float addend = (float) (settings.innerEpsilon() * (1 - settings.beta2()) / settings.beta2());
    Operand<TFloat32> addends =
        constants.fill(
            constants.constant(secondMoment.shape().asArray()), constants.constant(addend));
    return tf.assignAddVariableOp(secondMoment.handle(), addends);
  }

  private Op decay(Ops tf, Operand<TFloat32> rate, Variable kernel) {
    Ops constants = program.tf();
    Operand<TFloat32> lost = constants.math.mul(rate, constants.constant((float) weightDecay));
    Operand<TFloat32> kept = constants.math.sub(constants.constant(1f), lost);
    return tf.assignVariableOp(kernel.handle(), constants.math.mul(kernel.read(tf), kept));
  }
}
