package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * α(t) = α · warm-up(t) · decay(t), where t counts the steps taken since the last reset, the first
 * step having t = 0. With W steps of warm-up and u = (t − W)/S, cut to [0, 1], for S steps of decay
 * to the share e:
 *
 * <ul>
 *   <li>warm-up: min(1, (t + 1)/W), so that the first step already moves
 *   <li>linear: 1 − (1 − e) u
 *   <li>cosine: 1 − (1 − e)(1 − cos πu)/2
 * </ul>
 *
 * <p>t is a slot; a constant rate has none. It is a float32, which counts exactly up to 2²⁴ and
 * then stays there; no schedule is longer.
 *
 * @see "Loshchilov and Hutter (2017), SGDR, eq 5, for the cosine; Goyal et al. (2017) for warm-up"
 */
final class LearningRate {

  private final ProgramBuilder program;
  private final ScheduleSettings schedule;
  private final float initial;
  private final Variable count; // null for a constant rate

  LearningRate(ScheduleSettings schedule, double initial, ProgramBuilder program) {
    this.program = program;
    this.schedule = schedule;
    this.initial = (float) initial;
    count = schedule.counts() ? program.variable("optimizer/step-count", Shape.scalar()) : null;
  }

  List<Variable> slots() {
    return count == null ? List.of() : List.of(count);
  }

  List<Op> reset() {
    return program.zero(slots());
  }

  /**
   * The rate of the step that is taken now.
   *
   * @param done gets the operation that counts the step
   */
  Operand<TFloat32> next(Ops tf, List<Op> done) {
    Ops plain = program.tf();
    if (count == null) {
      return plain.constant(initial);
    }
    Operand<TFloat32> t = count.read(tf);
    done.add(tf.assignVariableOp(count.handle(), plain.math.add(t, plain.constant(1f))));
    return plain.math.mul(plain.constant(initial), share(plain, t));
  }

  private Operand<TFloat32> share(Ops tf, Operand<TFloat32> t) {
    Operand<TFloat32> decayed =
        switch (schedule.kind()) {
          case CONSTANT -> tf.constant(1f);
          case LINEAR -> without(tf, progress(tf, t));
          case COSINE -> without(tf, cosine(tf, progress(tf, t)));
        };
    if (schedule.warmUpSteps() == 0) {
      return decayed;
    }
    Operand<TFloat32> steps = tf.constant((float) schedule.warmUpSteps());
    Operand<TFloat32> warm = tf.math.div(tf.math.add(t, tf.constant(1f)), steps);
    return tf.math.mul(tf.math.minimum(warm, tf.constant(1f)), decayed);
  }

  /** 1 − (1 − e) · {@code part}. */
  private Operand<TFloat32> without(Ops tf, Operand<TFloat32> part) {
    float lost = (float) (1 - schedule.finalShare());
    return tf.math.sub(tf.constant(1f), tf.math.mul(tf.constant(lost), part));
  }

  /** u. */
  private Operand<TFloat32> progress(Ops tf, Operand<TFloat32> t) {
    Operand<TFloat32> since = tf.math.sub(t, tf.constant((float) schedule.warmUpSteps()));
    return tf.clipByValue(
        tf.math.div(since, tf.constant((float) schedule.decaySteps())),
        tf.constant(0f),
        tf.constant(1f));
  }

  private static Operand<TFloat32> cosine(Ops tf, Operand<TFloat32> u) {
    Operand<TFloat32> cosine = tf.math.cos(tf.math.mul(tf.constant((float) Math.PI), u));
    return tf.math.mul(tf.constant(0.5f), tf.math.sub(tf.constant(1f), cosine));
  }
}
