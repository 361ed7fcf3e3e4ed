package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.console.ProgressView;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.Learner;
import io.limber.core.agent.NonFiniteLossException;
import io.limber.core.agent.Recovery;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose loss becomes NaN at step 150, until the learner was told to be more careful. */
class RollBackIT {

  private static final long DIVERGES_AT = 150;
  private static final long PERIOD = 50;
  private static final Pattern ROLLED_BACK = Pattern.compile("rolled back to step (\\d+),");

  @TempDir private Path folder;

  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private int recoveriesNeeded = 1;

  @Test
  void divergence_byDefault_stopsTheRun() throws IOException {
    TrainingSummary summary = run("on-non-finite=stop");

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary.failure().orElseThrow()).contains("loss is NaN at learner step 150");
  }

  @Test
  void divergence_withRollBack_goesOnFromTheNewestCheckpointWithASmallerStep() throws IOException {
    TrainingSummary summary = run("on-non-finite=roll-back", "roll-back.learning-rate-factor=0.25");

    assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(summary.updates()).isEqualTo(300);
    assertThat(recoveries).containsExactly(new Recovery(0.25, true));
    assertThat(stepsRolledBackTo()).containsExactly(DIVERGES_AT);
  }

  @Test
  void divergence_again_goesOnFromAnOlderCheckpointWithAnEvenSmallerStep() throws IOException {
    recoveriesNeeded = 2;

    TrainingSummary summary = run("on-non-finite=roll-back", "roll-back.reset-optimizer=false");

    assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(recoveries).hasSize(2);
    // at multiples of the period however slow the disk is: lockstep is reproducible
    assertThat(stepsRolledBackTo()).containsExactly(DIVERGES_AT, DIVERGES_AT - PERIOD);
  }

  @Test
  void divergence_moreOftenThanAllowed_stopsTheRun() throws IOException {
    recoveriesNeeded = 9;

    TrainingSummary summary = run("on-non-finite=roll-back", "roll-back.max-rollbacks=2");

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(recoveries).hasSize(2);
  }

  private List<Long> stepsRolledBackTo() {
    return said.stream()
        .map(ROLLED_BACK::matcher)
        .filter(Matcher::find)
        .map(found -> Long.valueOf(found.group(1)))
        .toList();
  }

  private TrainingSummary run(String... learner) throws IOException {
    List<Assignment> assignments = new ArrayList<>();
    for (String assignment :
        List.of(
            "device=cpu",
            "run.mode=lockstep",
            "run.updates=300",
            "run.report-period=100",
            "run.evaluation-steps=0",
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=100",
            "learner.target-update-period=100",
            "probe.schedule.plasticity=0",
            "checkpoint.period=" + PERIOD)) {
      assignments.add(Assignment.parse("test", assignment));
    }
    for (String assignment : learner) {
      assignments.add(Assignment.parse("test", "learner." + assignment));
    }
    EffectiveConfig config =
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
    return new TrainingRun(config, diverging(), new Listener())
        .run(Optional.of(folder.resolve("run")), new CompletableFuture<>());
  }

  private AgentSource diverging() {
    return (settings, random, observations, actions, programs) -> {
      AgentSource.Agent agent =
          new TensorFlowAgents().open(settings, random, observations, actions, programs);
      AgentFactory factory =
          around(
              AgentFactory.class,
              (method, arguments) ->
                  method.getName().equals("createLearner")
                      ? diverging(agent.factory().createLearner())
                      : method.invoke(agent.factory(), arguments));
      return new AgentSource.Agent(factory, agent.layout(), agent.optimizer());
    };
  }

  private Learner diverging(Learner learner) {
    return around(
        Learner.class,
        (method, arguments) -> {
          if (method.getName().equals("recover")) {
            recoveries.add((Recovery) arguments[0]);
          }
          boolean due = method.getName().equals("update") && learner.step() >= DIVERGES_AT;
          if (due && recoveries.size() < recoveriesNeeded) {
            throw new NonFiniteLossException(learner.step(), Double.NaN);
          }
          return method.invoke(learner, arguments);
        });
  }

  /** What becomes of a call. */
  @FunctionalInterface
  private interface Calls {
    Object call(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T around(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return calls.call(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private final class Listener implements RunView {

    @Override
    public void table(String title, Map<String, String> rows) {}

    @Override
    public void say(String line) {
      said.add(line);
    }

    @Override
    public ProgressView progress(String task, long total, Duration interval) {
      return new ProgressView() {
        @Override
        public void update(long done, String details) {}

        @Override
        public void close() {}
      };
    }
  }
}
