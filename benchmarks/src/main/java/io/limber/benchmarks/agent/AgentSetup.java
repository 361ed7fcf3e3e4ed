package io.limber.benchmarks.agent;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.limber.actors.checkpoint.CheckpointParts;
import io.limber.actors.run.RunEvent;
import io.limber.actors.run.RunGuardian;
import io.limber.actors.run.RunParts;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.Settings;
import io.limber.core.agent.AgentFactory;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.data.DataSets;
import io.limber.core.env.Environment;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.metrics.MetricsHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The shipped defaults with a few settings changed, and what runs with them. */
final class AgentSetup implements AutoCloseable {

  private final EffectiveConfig config;
  private final Settings settings;
  private final RandomStreams random;
  private final EnvironmentFactory environments;
  private final TransitionSpec spec;
  private final Path programs;
  private final TensorFlowAgentFactory factory;

  /**
   * @param assignments as for {@code --set}
   */
  AgentSetup(List<String> assignments) throws IOException {
    List<Assignment> parsed = new ArrayList<>();
    // what a checkpoint costs is a question of its own
    parsed.add(Assignment.parse("--set", "checkpoint.period=0"));
    assignments.forEach(a -> parsed.add(Assignment.parse("--set", a)));
    config = EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), parsed));
    settings = Settings.check(config.limber());
    random = new RandomStreams(settings.seed());
    environments = EnvironmentFactory.of(settings.environment(), DataSets.load(settings.data()));
    programs = Files.createTempDirectory("limber-benchmark");
    try (Environment one = environments.create(random)) {
      spec = new TransitionSpec(one.observationSpace().bytes());
      factory =
          new TensorFlowAgentFactory(
              settings.numerics(), random, one.observationSpace(), one.actionSpace(), programs);
    }
  }

  Settings settings() {
    return settings;
  }

  AgentFactory factory() {
    return factory;
  }

  /** A full batch of random transitions for one call of the learner; images are a fifth ink. */
  Transitions prefilled() {
    int rows = settings.numerics().learner().transitionsPerCall();
    SeededRandom bytes = new SeededRandom(1);
    Transitions batch = new Transitions(spec, rows);
    for (int i = 0; i < rows * spec.observationBytes(); i++) {
      batch.sTm1().put(i, (byte) (bytes.nextInt(5) == 0 ? bytes.nextInt(256) : 0));
      batch.sT().put(i, (byte) (bytes.nextInt(5) == 0 ? bytes.nextInt(256) : 0));
    }
    for (int row = 0; row < rows; row++) {
      batch.actions().put(row, bytes.nextInt(10));
      batch.rewards().put(row, bytes.nextInt(2));
      batch.discounts().put(row, 1);
    }
    batch.setSize(rows);
    return batch;
  }

  /** Runs the whole agent to its end, with {@code agent} in place of the bare factory. */
  void run(AgentFactory agent, List<MetricSink> sinks) {
    RunParts parts =
        new RunParts(
            agent,
            environments,
            spec,
            settings.exploration(),
            settings.replay(),
            random,
            programs.resolve("snapshots"),
            MetricsHub.blueprint(sinks, settings.metrics().queueSize(), InstantSource.system()),
            new CheckpointParts(
                new CheckpointFolder(programs.resolve("checkpoints")),
                "benchmark",
                "benchmark",
                config.render(),
                metric -> OptionalDouble.empty(),
                Optional.empty()));
    ActorSystem<RunGuardian.Command> system =
        ActorSystem.create(RunGuardian.create(settings.run(), parts), "benchmark", config.whole());
    RunEvent end =
        AskPattern.<RunGuardian.Command, RunEvent>ask(
                system, RunGuardian.Start::new, Duration.ofHours(2), system.scheduler())
            .toCompletableFuture()
            .join();
    system.getWhenTerminated().toCompletableFuture().join();
    if (end instanceof RunEvent.RunFailed failed) {
      throw new IllegalStateException("the run failed: " + failed.reason());
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
