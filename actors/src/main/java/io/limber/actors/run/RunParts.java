package io.limber.actors.run;

import akka.stream.javadsl.RunnableGraph;
import io.limber.actors.checkpoint.CheckpointParts;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.TransitionSpec;
import io.limber.streams.metrics.RunningMetrics;
import java.nio.file.Path;

/**
 * What a run is made of; the actors know interfaces only.
 *
 * @param agent makes learner, policies and probes; closed by whoever made it, after the run
 * @param environments makes environments
 * @param spec sizes of a transition of these environments
 * @param exploration how often an action is random
 * @param replay the replay table's settings
 * @param random streams of the run
 * @param snapshots folder for measured snapshots, see {@code limber.probe.keep-snapshots}
 * @param metrics blueprint of what takes the reports, {@code MetricsHub.blueprint} with a queue of
 *     {@code limber.metrics.queue-size}
 * @param checkpoints what checkpoints are made with, and what the run goes on from
 */
public record RunParts(
    AgentFactory agent,
    EnvironmentFactory environments,
    TransitionSpec spec,
    ExplorationSettings exploration,
    ReplaySettings replay,
    RandomStreams random,
    Path snapshots,
    RunnableGraph<RunningMetrics> metrics,
    CheckpointParts checkpoints) {}
