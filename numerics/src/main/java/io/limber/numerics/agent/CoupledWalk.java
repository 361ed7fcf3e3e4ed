package io.limber.numerics.agent;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.runtime.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A random walk beside the learner from the same initialisation: each update moves it by Gaussian
 * noise ε, rescaled to the norm of the learner's own step over all parameters, ω ← ω + ε · ‖θ_t −
 * θ_{t−1}‖ / ‖ε‖. What interventions write between two updates moves the learner only.
 *
 * <p>The noise is a function of seed and step, so that a restored learner draws what it would have
 * drawn. Costs P normal numbers and a copy of the parameters an update.
 *
 * @see "Lyle et al. (2023), section 4 and figure 2; the paper states the rescaling, not whether it
 *     is over all parameters or per tensor"
 */
final class CoupledWalk {

  private final ProgramBuilder program;
  private final Ops tf;
  private final ProgramParameters walk;
  private final Placeholder<TInt64> seed;

  private CoupledWalk(ProgramBuilder program, ProgramParameters walk) {
    this.program = program;
    this.walk = walk;
    tf = program.tf();
    seed = program.input(TInt64.class, Shape.of(2));
  }

  /** Declares its parameters, which are saved with the learner's. */
  static CoupledWalk declare(ProgramBuilder program, Network network) {
    return new CoupledWalk(program, ProgramParameters.declare(program, network, "walk"));
  }

  /** Key and learner step before the call, [2]. */
  Operand<TInt64> seed() {
    return seed;
  }

  /** Brings it to {@code parameters} [P]. */
  List<Op> start(Operand<TFloat32> parameters) {
    return walk.assignFlat(program, parameters);
  }

  /** Adds the function {@code read_walk}. */
  void addRead() {
    program.function("read_walk", Map.of(), Map.of("parameters", walk.readFlat(tf)), List.of());
  }

  /**
   * Moves it by as much as the learner moved.
   *
   * @param update within the call
   * @param before the learner's parameters before its step
   * @param after and after it
   */
  List<Op> step(int update, List<Operand<TFloat32>> before, List<Operand<TFloat32>> after) {
    Operand<TFloat32> moved =
        norm(tf.math.sub(ProgramParameters.join(tf, after), ProgramParameters.join(tf, before)));
    Operand<TFloat32> noise =
        tf.random.statelessRandomNormal(
            tf.constant(new long[] {walk.size()}),
            tf.math.add(seed, tf.constant(new long[] {0, update})));
    Operand<TFloat32> step = tf.math.mul(noise, tf.math.div(moved, norm(noise)));
    List<Operand<TFloat32>> parts = walk.split(tf, step);
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      done.add(tf.assignAddVariableOp(walk.variables().get(i).handle(), parts.get(i)));
    }
    return done;
  }

  private Operand<TFloat32> norm(Operand<TFloat32> vector) {
    return tf.math.sqrt(tf.reduceSum(tf.math.square(vector), tf.constant(0)));
  }
}
