package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.agent.LearnerSettings;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.numerics.network.Activation;
import io.limber.numerics.network.HiddenLayers;
import io.limber.numerics.objective.CategoricalSettings;
import io.limber.numerics.objective.ObjectiveSettings;
import io.limber.numerics.objective.Support;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.optimizer.ScheduleSettings;
import io.limber.numerics.runtime.CpuThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericsSettingsTest {

  @Test
  void from_referenceConf_hasTheDocumentedDefaults() {
    Section limber = Section.of(ConfigFactory.parseResources("reference.conf").resolve(), "limber");
    NumericsSettings settings = NumericsSettings.from(limber);

    assertThat(settings.device()).isEqualTo("auto");
    assertThat(settings.network().architecture()).hasToString("Mlp[widths=[512, 512]]");
    assertThat(settings.network().hidden()).isEqualTo(new HiddenLayers(Activation.RELU, false));
    assertThat(settings.objective().kind()).isEqualTo(ObjectiveSettings.Kind.DQN);
    assertThat(settings.objective().output()).isEqualTo(ObjectiveSettings.Output.SCALAR);
    assertThat(settings.objective().categorical())
        .isEqualTo(
            new CategoricalSettings(
                CategoricalSettings.Projection.TWO_HOT, new Support(51, -10, 10), 0.75));
    assertThat(settings.optimizer().kind()).isEqualTo(OptimizerSettings.Kind.ADAM);
    assertThat(settings.optimizer().weightDecay()).isZero();
    assertThat(settings.optimizer().schedule())
        .isEqualTo(new ScheduleSettings(ScheduleSettings.Kind.CONSTANT, 0, 100_000, 0));
    assertThat(settings.learner()).isEqualTo(new LearnerSettings(32, 10, 1000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device = gpu | limber.device = gpu must be auto, cpu or gpu:N such as gpu:0",
        "cpu.threads-per-operation = -1 | limber.cpu.threads-per-operation = -1 must lie in [0, 1024]; 0 goes by the number of cores",
        "cpu.probe-operations = 1025 | limber.cpu.probe-operations = 1025 must lie in [0, 1024]; 0 goes by the number of cores",
        "optimizer.learning-rate = 0 | limber.optimizer.learning-rate = 0.0 must be positive, or nothing is learned",
        "optimizer.adam.beta1 = 1 | limber.optimizer.adam.beta1 = 1.0 must lie in [0, 1)",
        "optimizer.adam.beta2 = 0 | limber.optimizer.adam.beta2 = 0.0 must be positive: inner-epsilon is folded into the decay",
        "optimizer.adam.epsilon = 0 | limber.optimizer.adam.epsilon = 0.0 must be positive unless inner-epsilon is, or units without gradient divide zero by zero",
        "optimizer.rmsprop.epsilon = 0 | limber.optimizer.rmsprop.epsilon = 0.0 must be positive, or units without gradient divide zero by zero",
        "optimizer.weight-decay = -1 | limber.optimizer.weight-decay = -1.0 must not be negative",
        "optimizer { kind = adamw, weight-decay = 1.0e-5 } | limber.optimizer.weight-decay = 1.0E-5 must be 0 with kind = adamw, which decays by adamw.weight-decay: kernels would decay twice",
        "optimizer { kind = adamw, adamw.weight-decay = 1000 } | limber.optimizer.adamw.weight-decay = 1000.0 must be below 1 / learning-rate = 1000.0, or a step would take whole kernels",
        "optimizer.schedule.warm-up-steps = -1 | limber.optimizer.schedule.warm-up-steps = -1 must lie in [0, 16777216): a float32 counts the steps",
        "optimizer.schedule.decay-steps = 0 | limber.optimizer.schedule.decay-steps = 0 must lie in [1, 16777216 - warm-up-steps = 16777216]: a float32 counts them",
        "optimizer.schedule { warm-up-steps = 16, decay-steps = 16777216 } | limber.optimizer.schedule.decay-steps = 16777216 must lie in [1, 16777216 - warm-up-steps = 16777200]: a float32 counts them",
        "optimizer.schedule.final-share = 1.5 | limber.optimizer.schedule.final-share = 1.5 must lie in [0, 1]: it is a share of the rate",
        "optimizer.max-gradient-norm = -1 | limber.optimizer.max-gradient-norm = -1.0 must be positive, or 0 for no clipping",
        "objective.discount = 1 | limber.objective.discount = 1.0 must lie in [0, 1): the block MDPs never terminate, so returns would be infinite",
        "objective { kind = classification, output = categorical } | limber.objective.output = categorical must be scalar with kind = classification: there are no returns to distribute",
        "objective { kind = regression, output = categorical } | limber.objective.output = categorical must be scalar with kind = regression: there are no returns to distribute",
        "objective { kind = regression, loss = huber } | limber.objective.loss = huber must be left at squared with kind = regression, which has a loss of its own",
        "objective { output = categorical, loss = huber } | limber.objective.loss = huber must be left at squared with output = categorical, which has a loss of its own",
        "objective.categorical.bins = 1 | limber.objective.categorical.bins = 1 must lie in [2, 1024]: one value is no distribution",
        "objective.categorical.max = -10 | limber.objective.categorical.max = -10.0 must be above categorical.min = -10.0",
        "objective.categorical.sigma = 0 | limber.objective.categorical.sigma = 0.0 must be positive; two-hot has no width",
        "objective.huber-threshold = 0 | limber.objective.huber-threshold = 0.0 must be positive, or every gradient is zero",
        "learner.batch-size = 0 | limber.learner.batch-size = 0 must be at least 1",
        "learner.updates-per-call = 101 | limber.learner.updates-per-call = 101 must lie in [1, 100]: the program holds a copy of the update for each",
        "learner.target-update-period = 7 | limber.learner.target-update-period = 7 must be a multiple of learner.updates-per-call = 3, or the target network could not be synchronised exactly",
        "interventions.redo.when = sometimes | limber.interventions.redo.when = sometimes must be never, target-update, every N, once N, or METRIC > X or METRIC < X with a metric of a probe, for instance statistics/dead-fraction > 0.3",
        "interventions.redo.dormant-threshold = -1 | limber.interventions.redo.dormant-threshold = -1.0 must not be negative; 0 replaces dead units",
        "interventions.shrink-and-perturb.shrink = 2 | limber.interventions.shrink-and-perturb.shrink = 2.0 must lie in [0, 1]: it shrinks the weights",
        "interventions.shrink-and-perturb.perturb = -1 | limber.interventions.shrink-and-perturb.perturb = -1.0 must not be negative; 0 only shrinks",
        "interventions.continual-backprop.replacement-rate = 2 | limber.interventions.continual-backprop.replacement-rate = 2.0 must lie in [0, 1]: it is a share of units",
        "interventions.continual-backprop.maturity = 0 | limber.interventions.continual-backprop.maturity = 0 must be at least 1, or new units go before they are used",
        "interventions.continual-backprop.decay = 1 | limber.interventions.continual-backprop.decay = 1.0 must lie in [0, 1)",
        "interventions.l2-init.strength = -1 | limber.interventions.l2-init.strength = -1.0 must not be negative; 0 switches it off",
        "interventions.plasticity-injection.when = every 3 | limber.interventions.plasticity-injection.when = every 3 must be never, once N or a crossing: there is room for one injection",
        "interventions.plasticity-injection.head-layers = 0 | limber.interventions.plasticity-injection.head-layers = 0 must be at least 1: the output layer",
        "plasticity.targets = 1 | limber.plasticity.targets = 1 must be at least 2, or there is no spread to report",
        "plasticity.steps = 15 | limber.plasticity.steps = 15 must be a positive multiple of 10, the steps of one call into TensorFlow",
        "plasticity.transitions = 4 | limber.plasticity.transitions = 4 must be at least plasticity.batch-size = 8",
        "plasticity.frequency = 0 | limber.plasticity.frequency = 0.0 must be positive, or all targets are equal",
        "hessian.transitions = 0 | limber.hessian.transitions = 0 must be at least 1",
        "hessian.chunk = 0 | limber.hessian.chunk = 0 must be at least 1",
        "hessian.eigenvalues.max-order = 1 | limber.hessian.eigenvalues.max-order = 1 must be at least 2 x count = 2, or both ends could not be told apart",
        "hessian.eigenvalues.count = 0 | limber.hessian.eigenvalues.count = 0 must be at least 1",
        "hessian.eigenvalues.tolerance = 0 | limber.hessian.eigenvalues.tolerance = 0.0 must lie in (0, 1): it is a share",
        "hessian.trace-products = 1 | limber.hessian.trace-products = 1 must be at least 2",
        "hessian.density.order = 0 | limber.hessian.density.order = 0 must be at least 1",
        "hessian.density.draws = 0 | limber.hessian.density.draws = 0 must be at least 1",
        "hessian.density.relative-width = 2 | limber.hessian.density.relative-width = 2.0 must lie in [1e-4, 1]: a narrower kernel takes a grid of over 20,000 points",
        "gradient-covariance.examples = 1 | limber.gradient-covariance.examples = 1 must be at least 2, or there is no pair",
        "gradient-covariance.clusters = 17 | limber.gradient-covariance.clusters = 17 must lie in [1, gradient-covariance.examples = 16]",
        "gradient-covariance.restarts = 0 | limber.gradient-covariance.restarts = 0 must be at least 1",
        "landscape.transitions = 0 | limber.landscape.transitions = 0 must be at least 1",
        "landscape.chunk = 0 | limber.landscape.chunk = 0 must be at least 1",
        "landscape.extent = 0 | limber.landscape.extent = 0.0 must be positive and finite, or all points are one",
        "landscape.points = 50 | limber.landscape.points = 50 must be odd and at least 3, so that the snapshot lies between two others",
        "landscape.grid-points = 4 | limber.landscape.grid-points = 4 must be odd, so that the snapshot is a point, and lie in [3, 1001], or be 0 for no grid",
        "landscape.max-order = 0 | limber.landscape.max-order = 0 must be at least 1",
        "landscape.tolerance = 1 | limber.landscape.tolerance = 1.0 must lie in (0, 1): it is a share",
        "statistics.transitions = 0 | limber.statistics.transitions = 0 must be at least 1",
        "statistics.feature-rank-threshold = 0 | limber.statistics.feature-rank-threshold = 0.0 must be positive, or rounding counts",
        "statistics.dormant-threshold = -1 | limber.statistics.dormant-threshold = -1.0 must not be negative; 0 finds dead units"
      })
  void from_senselessValue_isRefusedWithPathValueAndRule(String setting, String message) {
    assertThatThrownBy(() -> SmallTask.settings(setting))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @Test
  void from_probeOperations_areAsManyAsOthersUnlessTold() {
    assertThat(SmallTask.settings("cpu.concurrent-operations = 3").cpu().probeOperations())
        .isEqualTo(3);
    CpuThreads told =
        SmallTask.settings("cpu { concurrent-operations = 3, probe-operations = 1 }").cpu();
    assertThat(told.operations()).isEqualTo(3);
    assertThat(told.probeOperations()).isEqualTo(1);
  }
}
