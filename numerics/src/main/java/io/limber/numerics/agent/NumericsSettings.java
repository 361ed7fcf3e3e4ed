package io.limber.numerics.agent;

import io.limber.core.agent.LearnerSettings;
import io.limber.core.config.Section;
import io.limber.numerics.intervention.InterventionSettings;
import io.limber.numerics.network.NetworkSettings;
import io.limber.numerics.objective.ObjectiveSettings;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.plasticity.PlasticitySettings;
import io.limber.numerics.probe.GradientCovarianceSettings;
import io.limber.numerics.probe.HessianSettings;
import io.limber.numerics.probe.LandscapeSettings;
import io.limber.numerics.probe.StatisticsSettings;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;

/**
 * All that numerics reads of the config.
 *
 * @param device auto, cpu or gpu:N
 * @param cpu threads
 * @param trajectory whose parameters probes measure
 */
public record NumericsSettings(
    String device,
    CpuThreads cpu,
    NetworkSettings network,
    ObjectiveSettings objective,
    OptimizerSettings optimizer,
    LearnerSettings learner,
    Trajectory trajectory,
    InterventionSettings interventions,
    PlasticitySettings plasticity,
    HessianSettings hessian,
    GradientCovarianceSettings gradientCovariance,
    LandscapeSettings landscape,
    StatisticsSettings statistics) {

  /** Reads and checks all sections, without starting TensorFlow. */
  public static NumericsSettings from(Section limber) {
    String device = limber.string("device");
    limber.require(
        ComputeDevice.isName(device), "device", device, "be auto, cpu or gpu:N such as gpu:0");
    return new NumericsSettings(
        device,
        CpuThreads.from(limber),
        NetworkSettings.from(limber),
        ObjectiveSettings.from(limber),
        OptimizerSettings.from(limber),
        LearnerSettings.from(limber),
        limber.section("learner").constant("trajectory", Trajectory.class),
        InterventionSettings.from(limber),
        PlasticitySettings.from(limber),
        HessianSettings.from(limber),
        GradientCovarianceSettings.from(limber),
        LandscapeSettings.from(limber),
        StatisticsSettings.from(limber));
  }

  /** Whether a random walk goes beside the learner: an update then takes a normal number each. */
  public boolean walks() {
    return trajectory == Trajectory.BROWNIAN;
  }
}
