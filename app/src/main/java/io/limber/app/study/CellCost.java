package io.limber.app.study;

import io.limber.actors.probe.ProbeSchedule;
import io.limber.actors.run.RunSettings;
import io.limber.app.batch.Cell;
import io.limber.app.config.Settings;
import io.limber.app.run.Task;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.ParameterSpec;
import io.limber.numerics.objective.Objective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cell is expected to take. A rough estimate: it counts gradients exactly, and their time by
 * multiplications and parameters, at rates that fit docs/benchmarks.md's MLP and CNN on two cores.
 *
 * @param updates gradients of the training itself, one batch each
 * @param probes gradients of its probes, or what takes as long
 * @param seconds on this machine's cores, one cell at a time
 */
record CellCost(long updates, long probes, double seconds) {

  /** Of one gradient, per multiplication of the forward pass and example, on two cores. */
  private static final double SECONDS_PER_MULTIPLICATION = 4.2e-11;

  /** Of one gradient and the optimiser's step, per parameter: what moves memory. */
  private static final double SECONDS_PER_PARAMETER = 1e-9;

  /** Of one step of a random walk, per parameter: the normal numbers. */
  private static final double SECONDS_PER_NORMAL = 1e-8;

  /** Of one forward pass, as of a gradient; acting waits for small batches. */
  private static final double SECONDS_PER_MULTIPLICATION_AHEAD = 3e-11;

  /** Programs written and loaded, actors started and stopped. */
  private static final double START_SECONDS = 2.5;

  /** Of one call, whatever it computes: the way through the actors. */
  private static final double CALL_SECONDS = 3e-4;

  /** Of a probe's gradients. */
  private static final double PER_CALL = 10;

  private static final double CORES = 2;

  /** Estimates all; data sets are loaded for that. */
  static List<CellCost> of(List<Cell> cells) {
    Map<Object, Task> tasks = new HashMap<>();
    return cells.stream()
        .map(cell -> Settings.check(cell.config().limber()))
        .map(
            settings ->
                of(
                    settings,
                    tasks.computeIfAbsent(
                        List.of(settings.data(), settings.environment()),
                        key -> Task.of(settings))))
        .toList();
  }

  private static CellCost of(Settings settings, Task task) {
    NumericsSettings numerics = settings.numerics();
    Network network = Networks.of(numerics.network(), task.observations(), outputs(numerics, task));
    long updates = settings.run().updates();
    double slower = CORES / Runtime.getRuntime().availableProcessors();
    double update =
        CALL_SECONDS / numerics.learner().updatesPerCall()
            + slower * gradient(network, numerics.learner().batchSize());
    if (numerics.walks()) {
      update += slower * SECONDS_PER_NORMAL * network.layout().size();
    }
    double seconds = START_SECONDS + updates * update;
    seconds +=
        slower
            * SECONDS_PER_MULTIPLICATION_AHEAD
            * multiplications(network)
            * observed(settings, task);
    long gradients = 0;
    ProbeSchedule schedule = settings.run().probe().schedule();
    for (String probe : schedule.names()) {
      Work work = Work.of(probe, numerics);
      long times = times(schedule, probe, updates);
      gradients += times * work.gradients;
      double one = CALL_SECONDS / PER_CALL + slower * gradient(network, work.batch);
      seconds += times * work.gradients * one;
    }
    return new CellCost(updates, gradients, seconds);
  }

  /** Seconds of one gradient on two cores. */
  private static double gradient(Network network, int batch) {
    return SECONDS_PER_MULTIPLICATION * multiplications(network) * batch
        + SECONDS_PER_PARAMETER * network.layout().size();
  }

  /** Observations that the policy sees: in acting, in measuring accuracy and in the evaluation. */
  private static double observed(Settings settings, Task task) {
    RunSettings run = settings.run();
    double acted =
        run.updates()
            * settings.numerics().learner().batchSize()
            / settings.replay().samplesPerInsert();
    int examined =
        Math.min(settings.environment().supervised().accuracyImages(), task.images().size());
    return acted + (double) run.updates() / run.reportPeriod() * examined + run.evaluationSteps();
  }

  /** How often a probe measures: at step 0, at its period and at steps of its own. */
  private static long times(ProbeSchedule schedule, String probe, long updates) {
    long period = schedule.periods().getOrDefault(probe, Long.MAX_VALUE);
    long besides =
        schedule.steps().getOrDefault(probe, Set.of()).stream()
            .filter(step -> step > 0 && step <= updates && step % period != 0)
            .count();
    return 1 + updates / period + besides;
  }

  /** Two-hot and the like have an output for each bin. */
  private static int outputs(NumericsSettings numerics, Task task) {
    return Objective.of(numerics.objective(), task.actions().actions()).outputs();
  }

  /** Of one example's forward pass, in dense layers and convolutions. */
  private static double multiplications(Network network) {
    double sum = 0;
    for (Network.Stage stage : network.stages()) {
      List<Integer> shape = stage.outputShape();
      double places =
          shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b)
              / shape.get(shape.size() - 1);
      for (ParameterSpec parameter : stage.own(network.parameters())) {
        sum += parameter.shape().size() < 2 ? 0 : parameter.size() * places;
      }
    }
    return sum;
  }

  /** Gradients of one measurement, each of so many transitions. */
  private record Work(long gradients, int batch) {

    static Work of(String probe, NumericsSettings all) {
      return switch (probe) {
        case "plasticity" ->
            new Work(
                (long) all.plasticity().targets() * all.plasticity().steps(),
                all.plasticity().batchSize());
        case "hessian" ->
            new Work(
                2L
                    * (all.hessian().maxOrder()
                        + all.hessian().traceProducts()
                        + (long) all.hessian().densityOrder() * all.hessian().draws()),
                all.hessian().transitions());
        case "landscape" ->
            new Work(
                2L * all.landscape().maxOrder()
                    + (2L * all.landscape().points()
                            + (long) all.landscape().gridPoints() * all.landscape().gridPoints())
                        / 3,
                all.landscape().transitions());
        case "gradient-covariance" -> new Work(2, all.gradientCovariance().examples());
        default -> new Work(1, all.statistics().transitions());
      };
    }
  }
}
