package io.limber.actors.checkpoint;

import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.metrics.Metric;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a run's checkpoints are made with.
 *
 * @param folder takes them
 * @param program version of this program
 * @param architecture name of the network
 * @param config the effective configuration, kept with each checkpoint
 * @param latest the latest value of a metric; thread-safe
 * @param resume what the run goes on from; empty for a new run
 */
public record CheckpointParts(
    CheckpointFolder folder,
    String program,
    String architecture,
    String config,
    Function<Metric, OptionalDouble> latest,
    Optional<ResumePoint> resume) {}
