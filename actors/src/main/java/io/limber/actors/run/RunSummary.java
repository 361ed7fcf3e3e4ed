package io.limber.actors.run;

import io.limber.actors.probe.ProbeTally;
import io.limber.core.agent.ParameterSnapshot;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a run ended.
 *
 * @param evaluationReward mean reward per step of the greedy policy at the end; empty if it was not
 *     evaluated
 * @param updates learner updates done
 * @param environmentSteps environment steps whose transitions reached replay
 * @param targetUpdates synchronisations of the target network
 * @param probes what became of the measurements
 * @param duration wall-clock time from the start to the end
 * @param stoppedEarly it was asked to stop before its last update
 * @param parameters the final parameters, at step {@code updates}
 * @param droppedReports reports that were lost before the sinks, see {@link
 *     io.limber.actors.metrics.MetricsActor}
 * @param released whether all native things are closed; if not, an abandoned probe still computes
 *     and the agent's factory must not be closed before the process ends
 */
public record RunSummary(
    OptionalDouble evaluationReward,
    long updates,
    long environmentSteps,
    long targetUpdates,
    ProbeTally probes,
    Duration duration,
    boolean stoppedEarly,
    ParameterSnapshot parameters,
    long droppedReports,
    boolean released) {}
