package io.limber.numerics.agent;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.LearnerSettings;
import io.limber.core.agent.NonFiniteLossException;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Recovery;
import io.limber.core.agent.UpdateReport;
import io.limber.core.metrics.Measurement;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import io.limber.numerics.intervention.InterventionSchedule;
import io.limber.numerics.intervention.Interventions;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Observations;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A learner whose state lives in the variables of an agent's program. */
final class TensorFlowLearner implements Learner {

  private final Program program;
  private final ParameterLayout layout;
  private final ParameterLayout optimizer;
  private final Observations observations;
  private final LearnerSettings settings;
  private final OptionalLong seed;
  private final OptionalLong walkSeed;
  private final Function update;
  private final Function syncTarget;
  private final Function read;
  private final Function readTarget;
  private final Optional<Function> readOptimizer;
  private final InterventionSchedule schedule;
  private long step;
  private long targetUpdates;

  /**
   * @param program freshly loaded; this owns it
   * @param optimizer the rule's slots in the program
   * @param seed of what layers draw in training; empty if none does
   * @param walkSeed of the random walk beside the learner; empty without one
   * @param interventions know the network and its first parameters
   */
  TensorFlowLearner(
      Program program,
      ParameterLayout optimizer,
      Observations observations,
      LearnerSettings settings,
      OptionalLong seed,
      OptionalLong walkSeed,
      Interventions interventions) {
    this.program = program;
    this.layout = interventions.network().layout();
    this.optimizer = optimizer;
    this.observations = observations;
    this.settings = settings;
    this.seed = seed;
    this.walkSeed = walkSeed;
    update = program.function("update");
    syncTarget = program.function("sync_target");
    read = program.function("read");
    readTarget = program.function("read_target");
    readOptimizer =
        optimizer.size() > 0 ? Optional.of(program.function("read_optimizer")) : Optional.empty();
    float[] initial = interventions.initialParameters();
    program
        .function("initialize")
        .call(
            in -> in.float32("parameters", new FlatParameters(layout).of(initial), layout.size()));
    schedule = interventions.open(program, settings);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int batchSize() {
    return settings.batchSize();
  }

  @Override
  public int updatesPerCall() {
    return settings.updatesPerCall();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public UpdateReport update(Transitions batch) {
    int rows = settings.transitionsPerCall();
    if (batch.size() != rows || batch.spec().observationBytes() != observations.space().bytes()) {
      throw new IllegalArgumentException(
          "an update takes "
              + rows
              + " transitions of "
              + observations.space().bytes()
              + "-byte observations, not "
              + batch.size()
              + " of "
              + batch.spec().observationBytes());
    }
    Function.Outputs outputs = update.call(in -> feed(in, batch, rows));
    step += settings.updatesPerCall();
    double loss = mean(outputs.floats("loss"));
    if (!Double.isFinite(loss)) {
      throw new NonFiniteLossException(step, loss);
    }
    if (step % settings.targetUpdatePeriod() == 0) {
      syncTarget.call();
      targetUpdates++;
    }
    return new UpdateReport(
        step, targetUpdates, loss, mean(outputs.floats("value")), schedule.fire(step, batch));
  }

  @Override
  public void observe(List<Measurement> measurements) {
    schedule.observe(measurements);
  }

  @Override
  public void fire(String intervention) {
    schedule.ask(intervention);
  }

  private void feed(Function.Inputs in, Transitions batch, int rows) {
    observations.feed(in, "s_tm1", batch.sTm1(), rows);
    observations.feed(in, "s_t", batch.sT(), rows);
    in.int32("a_tm1", batch.aTm1().limit(rows * Integer.BYTES), rows);
    in.float32("r_t", batch.rT().limit(rows * Float.BYTES), rows);
    in.float32("discount_t", batch.discountT().limit(rows * Float.BYTES), rows);
    // a function of the step, so that a restored learner draws what it would have drawn
    seed.ifPresent(key -> in.int64("seed", key, step * settings.batchSize()));
    walkSeed.ifPresent(key -> in.int64("walk_seed", key, step));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Override
  public ParameterSnapshot snapshot() {
    return ParameterSnapshot.owning(step, layout, read.call().floats("parameters"));
  }

  @Override
  public AgentSnapshot agentSnapshot() {
    long synchronised = step - step % settings.targetUpdatePeriod();
    float[] target = readTarget.call().floats("parameters");
    float[] slots = readOptimizer.map(f -> f.call().floats("slots")).orElse(new float[0]);
    return new AgentSnapshot(
        snapshot(),
        Optional.of(ParameterSnapshot.owning(synchronised, layout, target)),
        Optional.of(ParameterSnapshot.owning(step, optimizer, slots)));
  }

  @Override
  public AgentSnapshot probedSnapshot() {
    AgentSnapshot learned = agentSnapshot();
    if (walkSeed.isEmpty()) {
      return learned;
    }
    float[] walk = program.function("read_walk").call().floats("parameters");
    return new AgentSnapshot(
        ParameterSnapshot.owning(step, layout, walk), learned.target(), learned.optimizer());
  }

  @Override
  public SavedState save(Path folder) throws IOException {
    program.save(folder);
    return SavedState.builder()
        .put("variables", program.variables())
        .put("step", step)
        .put("target-updates", targetUpdates)
        .put("interventions", schedule.state())
        .build();
  }

  @Override
  public void restore(Path folder, SavedState state) throws IOException {
    requireSameVariables(state.text("variables"), program.variables());
    program.restore(folder);
    step = state.integer("step");
    targetUpdates =
        state.has("target-updates") // a checkpoint of before they were counted
            ? state.integer("target-updates")
            : step / settings.targetUpdatePeriod();
    schedule.restore(state.part("interventions"));
  }

  @Override
  public void recover(Recovery recovery) {
    if (recovery.restartOptimizer()) {
      program.function("restart_optimizer").call();
    }
    float factor = (float) recovery.learningRateFactor();
    program.function("scale_rate").call(in -> in.scalar("factor", factor));
  }

  private static void requireSameVariables(String saved, String own) {
    if (!saved.equals(own)) {
      List<String> missing = new ArrayList<>(own.lines().toList());
      missing.removeAll(saved.lines().toList());
      List<String> unknown = new ArrayList<>(saved.lines().toList());
      unknown.removeAll(own.lines().toList());
      throw new UnusableStateException(
          "the saved learner is of another network, optimiser or set of interventions: it lacks "
              + missing
              + " and has "
              + unknown
              + " besides");
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
