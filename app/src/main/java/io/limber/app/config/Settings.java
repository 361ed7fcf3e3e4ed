package io.limber.app.config;

import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.run.RunSettings;
import io.limber.actors.run.UpdateShape;
import io.limber.app.dashboard.DashboardSettings;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.agent.LearnerSettings;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.data.DataSet;
import io.limber.core.data.DataSettings;
import io.limber.core.data.FetchSettings;
import io.limber.core.env.EnvironmentSettings;
import io.limber.core.replay.ReplaySettings;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.objective.ObjectiveSettings;
import io.limber.streams.alert.AlertSettings;
import io.limber.streams.metrics.MetricsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Every settings record of every module, read once and checked.
 *
 * @param app files and the console
 * @param seed root seed of the run
 * @param data which images
 * @param environment the task
 * @param exploration how often an action is random
 * @param numerics what is computed, and where
 * @param run the actors
 * @param replay the replay table, fitted to the chunks and batches of {@code run}
 * @param metrics where measurements go
 * @param dashboard how the run shows itself
 * @param alerts when somebody should look
 */
public record Settings(
    AppSettings app,
    long seed,
    DataSettings data,
    EnvironmentSettings environment,
    ExplorationSettings exploration,
    NumericsSettings numerics,
    RunSettings run,
    ReplaySettings replay,
    MetricsSettings metrics,
    AlertSettings alerts,
    DashboardSettings dashboard) {

  /**
   * Reads all settings.
   *
   * @throws InvalidConfigException with every refusal, if there is any
   */
  public static Settings check(Section limber) {
    Refusals refusals = new Refusals();
    AppSettings app = refusals.collect(() -> AppSettings.from(limber));
    Long seed = refusals.collect(() -> limber.wholeNumber("seed"));
    DataSettings data = refusals.collect(() -> DataSettings.from(limber));
    for (DataSet set : DataSet.values()) {
      refusals.collect(() -> FetchSettings.from(limber, set));
    }
    EnvironmentSettings environment = refusals.collect(() -> EnvironmentSettings.from(limber));
    ExplorationSettings exploration = refusals.collect(() -> ExplorationSettings.from(limber));
    NumericsSettings numerics = refusals.collect(() -> NumericsSettings.from(limber));
    MetricsSettings metrics = refusals.collect(() -> MetricsSettings.from(limber));
    AlertSettings alerts = refusals.collect(() -> AlertSettings.from(limber, System.getenv()));
    refusals.collect(() -> ClusterSettings.from(limber));
    refusals.collect(() -> MembershipSettings.from(limber));
    refusals.collect(() -> NodeSettings.from(limber));
    DashboardSettings dashboard = refusals.collect(() -> DashboardSettings.from(limber));
    refusals.collectIf(environment, () -> requireOneKind(limber, environment, numerics));
    // These two are read in the light of others, so they wait for those to be right.
    LearnerSettings learner = refusals.collect(() -> LearnerSettings.from(limber));
    RunSettings run = refusals.collectIf(learner, () -> RunSettings.from(limber, shape(learner)));
    ReplaySettings replay =
        refusals.collectIf(
            run,
            () ->
                ReplaySettings.from(
                    limber,
                    run.environments().perActor(),
                    run.shape().sampleSize(),
                    run.lockstep()));
    refusals.throwIfAny();
    return new Settings(
        app,
        seed,
        data,
        environment,
        exploration,
        numerics,
        run,
        replay,
        metrics,
        alerts,
        dashboard);
  }

  /** Labels come from a supervised task only, and nothing else can be learned of it. */
  private static NumericsSettings requireOneKind(
      Section limber, EnvironmentSettings environment, NumericsSettings numerics) {
    if (numerics != null) {
      boolean supervised = environment.kind() == EnvironmentSettings.Kind.SUPERVISED;
      ObjectiveSettings.Kind objective = numerics.objective().kind();
      limber
          .section("objective")
          .require(
              supervised == objective.isSupervised(),
              "kind",
              Section.kebab(objective),
              supervised
                  ? "be classification or regression with environment.kind = supervised, whose"
                      + " transitions hold labels in place of actions"
                  : "be dqn or double-dqn with environment.kind = "
                      + Section.kebab(environment.kind())
                      + ", whose transitions hold no labels");
    }
    return numerics;
  }

  private static UpdateShape shape(LearnerSettings learner) {
    return new UpdateShape(
        learner.batchSize(), learner.updatesPerCall(), learner.targetUpdatePeriod());
  }

  /** Goes on after a refusal, so that a user hears of all of them at once. */
  private static final class Refusals {

    private final List<String> problems = new ArrayList<>();

    /** The settings; null after a refusal, which is no matter because nobody gets to see it. */
    <T> T collect(Supplier<T> read) {
      try {
        return read.get();
      } catch (InvalidSettingException e) {
        if (!problems.contains(e.getMessage())) {
          problems.add(e.getMessage());
        }
        return null;
      }
    }

    /** As {@link #collect}, but only where what it depends on was read. */
    <T> T collectIf(Object needed, Supplier<T> read) {
      return needed == null ? null : collect(read);
    }

    void throwIfAny() {
      if (!problems.isEmpty()) {
        throw new InvalidConfigException(problems);
      }
    }
  }
}
