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
 * <p>All of it times a factor, 1 at the start, by which a run that diverged goes on more slowly; a
 * slot as well, so that a probe's step is as long as the learner's.
 *
 * <p>t is a slot; a constant rate counts nothing. It is a float32, which counts exactly up to 2²⁴
 * and then stays there; no schedule is longer.
 *
 * @see "Loshchilov and Hutter (2017), SGDR, eq 5, for the cosine; Goyal et al. (2017) for warm-up"
 */
final class LearningRate {

  private final ProgramBuilder program;
  private final ScheduleSettings schedule;
  private final float initial;
  private final Variable count; // null for a constant rate
  private final Variable factor;

  LearningRate(ScheduleSettings schedule, double initial, ProgramBuilder program) {
    this.program = program;
    this.schedule = schedule;
    this.initial = (float) initial;
    count = schedule.counts() ? program.variable("optimizer/step-count", Shape.scalar()) : null;
    factor = program.variable("optimizer/rate-factor", Shape.scalar());
  }

  List<Variable> slots() {
    return count == null ? List.of(factor) : List.of(count, factor);
  }

  List<Op> reset() {
    List<Op> operations = program.zero(count == null ? List.of() : List.of(count));
    operations.addAll(program.assign(List.of(factor), List.of(program.tf().constant(1f))));
    return operations;
  }

  /** Multiplies all rates from now on. */
  List<Op> scale(Operand<TFloat32> by) {
    Ops tf = program.tf();
    return program.assign(List.of(factor), List.of(tf.math.mul(factor.read(tf), by)));
  }

  /**
   * The rate of the step that is taken now.
   *
   * @param done gets the operation that counts the step
   */
  Operand<TFloat32> next(Ops tf, List<Op> done) {
    Ops plain = program.tf();
    if (count == null) {
      return plain.math.mul(plain.constant(initial), factor.read(tf));
    }
    Operand<TFloat32> t = count.read(tf);
    done.add(tf.assignVariableOp(count.handle(), plain.math.add(t, plain.constant(1f))));
    Operand<TFloat32> scheduled = plain.math.mul(plain.constant(initial), share(plain, t));
    return plain.math.mul(scheduled, factor.read(tf));
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
