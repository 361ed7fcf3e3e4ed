package io.limber.numerics.agent;

import io.limber.core.agent.LearnerSettings;
import io.limber.core.config.Section;
import io.limber.numerics.network.NetworkSettings;
import io.limber.numerics.objective.ObjectiveSettings;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.plasticity.PlasticitySettings;
import io.limber.numerics.probe.GradientCovarianceSettings;
import io.limber.numerics.probe.HessianSettings;
import io.limber.numerics.probe.StatisticsSettings;
import io.limber.numerics.runtime.ComputeDevice;

/**
 * All that numerics reads of the config.
 *
 * @param device auto, cpu or gpu:N
 * @param cpuThreads threads for CPU kernels; 0 for one per core
 */
public record NumericsSettings(
    String device,
    int cpuThreads,
    NetworkSettings network,
    ObjectiveSettings objective,
    OptimizerSettings optimizer,
    LearnerSettings learner,
    PlasticitySettings plasticity,
    HessianSettings hessian,
    GradientCovarianceSettings gradientCovariance,
    StatisticsSettings statistics) {

  /** Reads and checks all sections, without starting TensorFlow. */
  public static NumericsSettings from(Section limber) {
    String device = limber.string("device");
    limber.require(
        ComputeDevice.isName(device), "device", device, "be auto, cpu or gpu:N such as gpu:0");
    int threads = limber.integer("cpu-threads");
    limber.require(
        threads >= 0 && threads <= 1024,
        "cpu-threads",
        threads,
        "lie in [0, 1024]; 0 is one per core");
    return new NumericsSettings(
        device,
        threads,
        NetworkSettings.from(limber),
        ObjectiveSettings.from(limber),
        OptimizerSettings.from(limber),
        LearnerSettings.from(limber),
        PlasticitySettings.from(limber),
        HessianSettings.from(limber),
        GradientCovarianceSettings.from(limber),
        StatisticsSettings.from(limber));
  }
}
