package io.limber.app.study;

import io.limber.actors.probe.ProbeSchedule;
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

/**
 * What a cell is expected to take. A rough estimate: it counts gradients exactly, and their time by
 * multiplications, at the rate that docs/benchmarks.md measured for MLP and CNN on two cores.
 *
 * @param updates gradients of the training itself, one batch each
 * @param probes gradients of its probes, or what takes as long
 * @param seconds on this machine's cores, one cell at a time
 */
record CellCost(long updates, long probes, double seconds) {

  /** Of one gradient, per multiplication of the forward pass and example, on two cores. */
  private static final double SECONDS_PER_MULTIPLICATION = 7e-11;

  /** Programs written and loaded, actors started and stopped. */
  private static final double START_SECONDS = 4;

  /** Of one call, whatever it computes; an update is one, as are ten steps of a probe. */
  private static final double CALL_SECONDS = 2e-4;

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
    long updates = settings.run().updates();
    double perExample =
        SECONDS_PER_MULTIPLICATION
            * multiplications(
                Networks.of(numerics.network(), task.observations(), outputs(numerics, task)))
            * CORES
            / Runtime.getRuntime().availableProcessors();
    double seconds =
        START_SECONDS + updates * (CALL_SECONDS + perExample * numerics.learner().batchSize());
    long gradients = 0;
    ProbeSchedule schedule = settings.run().probe().schedule();
    for (Map.Entry<String, Long> probe : schedule.periods().entrySet()) {
      Work work = Work.of(probe.getKey(), numerics);
      long times = updates / probe.getValue() + 1;
      gradients += times * work.gradients;
      seconds += times * work.gradients * (CALL_SECONDS + perExample * work.batch);
    }
    return new CellCost(updates, gradients, seconds);
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
