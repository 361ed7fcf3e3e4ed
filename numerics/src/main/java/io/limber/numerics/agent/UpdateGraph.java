package io.limber.numerics.agent;

import io.limber.core.agent.LearnerSettings;
import io.limber.numerics.intervention.InterventionGraph;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.runtime.ProgramBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * K consecutive updates in one graph. The target network does not change within a call, so its
 * values of later batches are computed beside the updates on earlier ones: that keeps a second core
 * busy, which one update alone, a chain of small products, cannot.
 */
final class UpdateGraph {

  /** Rows from which on a slice of a batch is worth computing by itself. */
  private static final int SLICE_ROWS = 64;

  private final ProgramBuilder program;
  private final Ops tf;
  private final Network network;
  private final Observations observations;
  private final Objective objective;
  private final LearnerSettings learner;
  private final int slices;
  private final ProgramParameters online;
  private final InterventionGraph interventions;
  private final Optional<CoupledWalk> walk;

  private final Operand<? extends TNumber> sTm1;
  private final Operand<TInt32> aTm1;
  private final Operand<TFloat32> rT;
  private final Operand<TFloat32> discountT;
  private final Operand<? extends TNumber> sT;
  private final Operand<TInt64> seed;
  private final Operand<TFloat32> before;
  private final Operand<TFloat32> after;
  private final List<Operand<TFloat32>> targetParameters;

  /**
   * @param slices parts that a large batch may be cut into, to be computed side by side
   * @param walk goes beside the learner, a step for each update
   */
  UpdateGraph(
      ProgramBuilder program,
      Network network,
      Observations observations,
      Objective objective,
      LearnerSettings learner,
      int slices,
      ProgramParameters online,
      ProgramParameters target,
      InterventionGraph interventions,
      Optional<CoupledWalk> walk) {
    this.program = program;
    this.network = objective.learned(network);
    this.observations = observations;
    this.objective = objective;
    this.learner = learner;
    // a layer that takes statistics over the batch takes them over the whole batch
    boolean large = !network.couplesExamples() && learner.batchSize() >= SLICE_ROWS * slices;
    this.slices = large && learner.batchSize() % slices == 0 ? slices : 1;
    this.online = online;
    this.interventions = interventions;
    this.walk = walk;
    tf = program.tf();
    int rows = learner.transitionsPerCall();
    sTm1 = observations.input(program, rows);
    aTm1 = program.input(TInt32.class, Shape.of(rows));
    rT = program.input(TFloat32.class, Shape.of(rows));
    discountT = program.input(TFloat32.class, Shape.of(rows));
    sT = observations.input(program, rows);
    seed = program.input(TInt64.class, Shape.of(2));
    before = observations.scaled(tf, sTm1);
    after = observations.scaled(tf, sT);
    targetParameters = target.read(tf);
  }

  /** Adds the function {@code update}. */
  void addFunction() {
    List<Operand<TFloat32>> losses = new ArrayList<>();
    List<Operand<TFloat32>> values = new ArrayList<>();
    List<Op> done = List.of();
    for (int k = 0; k < learner.updatesPerCall(); k++) {
      List<Operand<TFloat32>> parameters =
          online.read(done.isEmpty() ? tf : tf.withControlDependencies(done));
      done = addUpdate(k * learner.batchSize(), done, parameters, losses, values);
      if (walk.isPresent()) {
        done = walk.get().step(k, parameters, online.read(tf.withControlDependencies(done)));
      }
    }
    Map<String, Operand<?>> inputs =
        new HashMap<>(
            Map.of("s_tm1", sTm1, "a_tm1", aTm1, "r_t", rT, "discount_t", discountT, "s_t", sT));
    if (network.drawsInTraining()) {
      inputs.put("seed", seed);
    }
    walk.ifPresent(w -> inputs.put("walk_seed", w.seed()));
    program.function(
        "update", inputs, Map.of("loss", tf.stack(losses), "value", tf.stack(values)), done);
  }

  private List<Op> addUpdate(
      int from,
      List<Op> previous,
      List<Operand<TFloat32>> parameters,
      List<Operand<TFloat32>> losses,
      List<Operand<TFloat32>> values) {
    Ops following = previous.isEmpty() ? tf : tf.withControlDependencies(previous);
    List<List<Operand<TFloat32>>> passes = trained(from, parameters);
    Operand<TFloat32> outputs = outputs(passes);
    Operand<TInt32> taken = part(aTm1, from);
    Operand<TFloat32> rows = objective.losses(tf, outputs, taken, targets(from, parameters));
    Operand<TFloat32> loss = tf.math.mean(rows, tf.constant(0));
    losses.add(loss);
    values.add(tf.math.mean(objective.predictions(tf, outputs, taken), tf.constant(0)));

    List<Operand<TFloat32>> gradients =
        interventions.gradients(parameters, network.gradients(tf, loss, parameters));
    List<Op> done = new ArrayList<>(interventions.rule().step(following, gradients));
    done.addAll(interventions.observe(following, place -> joined(passes, place), parameters));
    return done;
  }

  private Operand<TFloat32> targets(int from, List<Operand<TFloat32>> parameters) {
    Operand<TFloat32> targetNext =
        objective.needsTargetNext() ? outputs(inSlices(after, from, targetParameters)) : null;
    Operand<TFloat32> onlineNext =
        objective.needsOnlineNext() ? outputs(inSlices(after, from, parameters)) : null;
    return objective.targets(tf, part(rT, from), part(discountT, from), targetNext, onlineNext);
  }

  /** Passes that the update differentiates: {@link #inSlices}, with what is drawn in training. */
  private List<List<Operand<TFloat32>>> trained(int from, List<Operand<TFloat32>> parameters) {
    if (!network.drawsInTraining()) {
      return inSlices(before, from, parameters);
    }
    return inSlices(
        before,
        from,
        (first, x) ->
            network.activationsInTraining(
                tf, x, parameters, tf.math.add(seed, tf.constant(new long[] {0, first}))));
  }

  private List<List<Operand<TFloat32>>> inSlices(
      Operand<TFloat32> numbers, int from, List<Operand<TFloat32>> parameters) {
    return inSlices(numbers, from, (first, x) -> network.activations(tf, x, parameters));
  }

  private interface Slice {
    List<Operand<TFloat32>> places(int first, Operand<TFloat32> x);
  }

  /**
   * Forward passes of a batch, slice by slice: slices of a large batch, and their gradients, are
   * computed side by side.
   *
   * @return for each slice what is at each place
   */
  private List<List<Operand<TFloat32>>> inSlices(
      Operand<TFloat32> numbers, int from, Slice network) {
    int rows = learner.batchSize() / slices;
    List<List<Operand<TFloat32>>> passes = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      int first = from + slice * rows;
      passes.add(network.places(first, observations.rows(tf, numbers, first, rows)));
    }
    return passes;
  }

  private Operand<TFloat32> outputs(List<List<Operand<TFloat32>>> passes) {
    return joined(passes, network.stages().size());
  }

  /** What a whole batch gave at a place. */
  private Operand<TFloat32> joined(List<List<Operand<TFloat32>>> passes, int place) {
    List<Operand<TFloat32>> values = passes.stream().map(pass -> pass.get(place)).toList();
    return slices == 1 ? values.get(0) : tf.concat(values, tf.constant(0));
  }

  private <T extends TNumber> Operand<T> part(Operand<T> vector, int from) {
    return tf.slice(
        vector, tf.constant(new int[] {from}), tf.constant(new int[] {learner.batchSize()}));
  }
}
