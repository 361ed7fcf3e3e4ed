package io.limber.core.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every metric, defined once. {@code docs/metrics.md} is generated from this list.
 *
 * <p>There are no labels: who reports is {@link Report#source()}, and what could be a label is a
 * metric of its own, so that the number of series is bounded by this list and the actors.
 */
public enum Metric {
  LEARNER_LOSS(
      "learner/loss",
      Unit.SQUARED_RETURN,
      Domain.SEED,
      "mean over the interval's updates of the mean loss over the batch: the squared or huber TD error, or"
          + " a cross-entropy in nats, by limber.objective",
      "Lyle et al. 2023, eq 1",
      "none beyond the update"),
  LEARNER_VALUE(
      "learner/value",
      Unit.RETURN,
      Domain.SEED,
      "mean over the interval's batches of Q(s, a) of the taken action; of a label, its probability or"
          + " its output",
      "diagnostic",
      "none beyond the update"),
  LEARNER_UPDATES(
      "learner/updates", Unit.UPDATES, Domain.SEED, "optimiser steps done so far: the run's clock"),
  LEARNER_TARGET_UPDATES(
      "learner/target-updates",
      Unit.TARGET_UPDATES,
      Domain.SEED,
      "synchronisations of the target network so far, counted where they are made: floor(updates /"
          + " target-update-period) if all is well"),
  LEARNER_UPDATES_PER_SECOND(
      "learner/updates-per-second",
      Unit.UPDATES_PER_SECOND,
      Domain.WALL,
      "updates in the interval / its wall-clock length, waiting included"),

  ENVIRONMENT_MEAN_REWARD(
      "environment/mean-reward",
      Unit.REWARD_PER_STEP,
      Domain.SEED,
      "sum of the interval's rewards / its steps, exploration included"),
  ENVIRONMENT_ACCURACY(
      "environment/accuracy",
      Unit.FRACTION,
      Domain.SEED,
      "share of the first limber.environment.supervised.accuracy-images images of the data set whose label, of"
          + " those now in force, the greedy policy names with the parameters that the actor acts with from now on;"
          + " supervised tasks only",
      "Lyle et al. 2023, fig 1",
      "a forward pass of so many images at each report"),
  ENVIRONMENT_MEAN_RETURN(
      "environment/mean-return",
      Unit.RETURN,
      Domain.SEED,
      "mean undiscounted sum of rewards of the episodes that ended in the interval; not reported"
          + " when none did"),
  ENVIRONMENT_EPISODES(
      "environment/episodes",
      Unit.EPISODES,
      Domain.SEED,
      "episodes ended so far, terminated or truncated"),
  ENVIRONMENT_STEPS(
      "environment/steps",
      Unit.STEPS,
      Domain.SEED,
      "steps taken so far, summed over the actor's environments"),
  ENVIRONMENT_EPSILON(
      "environment/epsilon",
      Unit.PROBABILITY,
      Domain.SEED,
      "probability with which the next action is drawn uniformly"),
  ENVIRONMENT_POLICY_AGE(
      "environment/policy-age",
      Unit.UPDATES,
      Domain.SEED,
      "newest learner step the actor knows of − step of the snapshot it acts with"),
  ENVIRONMENT_STEPS_PER_SECOND(
      "environment/steps-per-second",
      Unit.STEPS_PER_SECOND,
      Domain.WALL,
      "steps in the interval / its wall-clock length, waiting included"),
  ENVIRONMENT_RESTARTS(
      "environment/restarts",
      Unit.RESTARTS,
      Domain.WALL,
      "how often so far the actor was started anew after an exception, its partial episodes dropped"),

  EVALUATION_MEAN_REWARD(
      "evaluation/mean-reward",
      Unit.REWARD_PER_STEP,
      Domain.SEED,
      "sum of rewards / steps of the greedy policy over limber.run.evaluation-steps",
      "diagnostic",
      "one forward pass per step"),

  REPLAY_SIZE("replay/size", Unit.TRANSITIONS, Domain.SEED, "transitions in the store"),
  REPLAY_INSERTED("replay/inserted", Unit.TRANSITIONS, Domain.SEED, "transitions inserted so far"),
  REPLAY_SAMPLED(
      "replay/sampled", Unit.SAMPLES, Domain.SEED, "transitions drawn for the learner so far"),
  REPLAY_LIMITER_DIFFERENCE(
      "replay/limiter-difference",
      Unit.SAMPLES,
      Domain.SEED,
      "inserted · samples-per-insert − sampled; the limiter keeps it within its tolerance",
      "Cassirer et al. 2021 (Reverb)",
      "none"),
  REPLAY_SAMPLES_PER_INSERT(
      "replay/samples-per-insert",
      Unit.SAMPLES_PER_INSERT,
      Domain.SEED,
      "sampled / inserted, over the whole run"),
  REPLAY_INSERT_BLOCKED(
      "replay/insert-blocked",
      Unit.SECONDS,
      Domain.WALL,
      "wall-clock time so far in which the limiter kept an inserter waiting"),
  REPLAY_SAMPLE_BLOCKED(
      "replay/sample-blocked",
      Unit.SECONDS,
      Domain.WALL,
      "wall-clock time so far in which the limiter kept the learner waiting"),

  PLASTICITY(
      "plasticity/plasticity",
      Unit.SQUARED_TARGET,
      Domain.SEED,
      "baseline − final loss: how much of the target's variance the network can still learn",
      "Lyle et al. 2023, eq 5",
      "targets · steps gradients of one probe batch"),
  PLASTICITY_FINAL_LOSS(
      "plasticity/final-loss",
      Unit.SQUARED_TARGET,
      Domain.SEED,
      "mean over the target functions of the loss after the last optimiser step",
      "Lyle et al. 2023, eq 4",
      "part of plasticity/plasticity"),
  PLASTICITY_LOSS_DEVIATION(
      "plasticity/loss-deviation",
      Unit.SQUARED_TARGET,
      Domain.SEED,
      "standard deviation of the final loss over the target functions (n − 1 in the denominator)",
      "spread of Lyle et al. 2023, eq 5",
      "part of plasticity/plasticity"),
  PLASTICITY_INITIAL_LOSS(
      "plasticity/initial-loss",
      Unit.SQUARED_TARGET,
      Domain.SEED,
      "mean over the target functions of the loss before the first optimiser step",
      "Lyle et al. 2023, eq 4",
      "part of plasticity/plasticity"),
  PLASTICITY_BASELINE(
      "plasticity/baseline",
      Unit.SQUARED_TARGET,
      Domain.SEED,
      "mean over the target functions of the variance of the targets: b",
      "Lyle et al. 2023, eq 5",
      "part of plasticity/plasticity"),

  HESSIAN_LOSS(
      "hessian/loss",
      Unit.LOSS,
      Domain.SEED,
      "mean over the probed transitions of the chosen loss; td bootstraps"
          + " with the target network where the snapshot holds it, else with the"
          + " online network; curvature is the squared distance to"
          + " the snapshot's own outputs plus N(0, 1) noise; probe fits the first"
          + " target function of the plasticity probe",
      "Lyle et al. 2023, eq 1, appendix A.1, eq 4",
      "one forward pass"),
  HESSIAN_LARGEST_EIGENVALUE(
      "hessian/largest-eigenvalue",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "largest algebraic eigenvalue of the loss's exact Hessian (sharpness),"
          + " by Lanczos; a Ritz value not converged is too small",
      "Lyle et al. 2023, eq 2",
      "at most eigenvalues.max-order + 2 · eigenvalues.count products of about two gradients,"
          + " shared with the smallest"),
  HESSIAN_LARGEST_RESIDUAL(
      "hessian/largest-residual",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "‖H y − θ y‖ of the largest eigenvalue θ and its vector y: an" + " eigenvalue is within it",
      "Parlett 1998, theorem 4.5.1",
      "part of hessian/largest-eigenvalue"),
  HESSIAN_SMALLEST_EIGENVALUE(
      "hessian/smallest-eigenvalue",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "smallest algebraic eigenvalue, negative where the loss curves down; a"
          + " Ritz value not converged is too large",
      "Lyle et al. 2023, eq 2",
      "part of hessian/largest-eigenvalue"),
  HESSIAN_SMALLEST_RESIDUAL(
      "hessian/smallest-residual",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "‖H y − θ y‖ of the smallest eigenvalue θ and its vector y",
      "Parlett 1998, theorem 4.5.1",
      "part of hessian/largest-eigenvalue"),
  HESSIAN_CONDITION_NUMBER(
      "hessian/condition-number",
      Unit.RATIO,
      Domain.SEED,
      "largest / smallest eigenvalue; negative for an indefinite Hessian,"
          + " where it bounds nothing",
      "Lyle et al. 2023, eq 2",
      "none beyond the eigenvalues"),
  HESSIAN_TRACE(
      "hessian/trace",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "mean of v'Hv over random sign vectors v",
      "Hutchinson 1989",
      "trace-products products of about two gradients"),
  HESSIAN_TRACE_ERROR(
      "hessian/trace-error",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "standard error of hessian/trace over its sign vectors",
      "Hutchinson 1989",
      "part of hessian/trace"),
  HESSIAN_FROBENIUS_NORM(
      "hessian/frobenius-norm",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "square root of the mean of ‖Hv‖² over the sign vectors of" + " hessian/trace",
      "Hutchinson 1989",
      "part of hessian/trace"),
  HESSIAN_NEGATIVE_MASS(
      "hessian/negative-mass",
      Unit.FRACTION,
      Domain.SEED,
      "share of eigenvalues below −(the spectral density's kernel width), as the quadrature's weight"
          + " there; nearer to zero the quadrature cannot tell a sign; times the number of parameters"
          + " their count",
      "Ghorbani et al. 2019, section 2 (stochastic Lanczos quadrature)",
      "density.order · density.draws products of about two gradients"),
  HESSIAN_NEGATIVE_MASS_ERROR(
      "hessian/negative-mass-error",
      Unit.FRACTION,
      Domain.SEED,
      "standard error of hessian/negative-mass over the draws; not reported for one draw",
      "Ghorbani et al. 2019, section 2 (stochastic Lanczos quadrature)",
      "part of hessian/negative-mass"),
  GRADIENT_COVARIANCE_MEAN_COSINE(
      "gradient-covariance/mean-cosine",
      Unit.COSINE,
      Domain.SEED,
      "mean cosine of the gradients of two different examples' losses, those"
          + " without a gradient left out; losses as for hessian/loss",
      "Lyle et al. 2023, eq 3",
      "about two gradients of a batch of examples; no gradient of a dense" + " layer is formed"),
  GRADIENT_COVARIANCE_FRACTION_NEGATIVE(
      "gradient-covariance/fraction-negative",
      Unit.FRACTION,
      Domain.SEED,
      "share of pairs of different examples with a negative cosine:" + " interference",
      "Lyle et al. 2023, eq 3",
      "part of gradient-covariance/mean-cosine"),
  GRADIENT_COVARIANCE_EFFECTIVE_RANK(
      "gradient-covariance/effective-rank",
      Unit.DIMENSIONS,
      Domain.SEED,
      "exp of the entropy of the cosine matrix's eigenvalues over their sum",
      "Roy and Vetterli 2007, definition 1",
      "part of gradient-covariance/mean-cosine, and examples³ operations"),
  GRADIENT_COVARIANCE_ZERO_GRADIENTS(
      "gradient-covariance/zero-gradients",
      Unit.EXAMPLES,
      Domain.SEED,
      "examples whose gradient is exactly zero",
      "diagnostic",
      "part of gradient-covariance/mean-cosine"),
  LANDSCAPE_LOSS(
      "landscape/loss",
      Unit.LOSS,
      Domain.SEED,
      "the chosen loss at the snapshot itself, the middle of all slices; losses as for hessian/loss, targets fixed at"
          + " the snapshot's",
      "Li et al. 2018, section 4",
      "one forward pass"),
  LANDSCAPE_UNIT_LENGTH(
      "landscape/unit-length",
      Unit.PARAMETER,
      Domain.SEED,
      "Euclidean length of both directions, a step of distance 1: that of the random direction d, normalised filter by"
          + " filter, d ← d/‖d‖ · ‖θ‖, which is the norm of all kernels; biases do not move",
      "Li et al. 2018, section 4",
      "one pass over the parameters"),
  LANDSCAPE_RANDOM_RISE(
      "landscape/random-rise",
      Unit.LOSS,
      Domain.SEED,
      "largest loss on the slice along the random direction, distances in [−extent, extent], − landscape/loss; not"
          + " reported where a loss on it is not finite",
      "Li et al. 2018, section 4",
      "points forward passes"),
  LANDSCAPE_EIGENVECTOR_RISE(
      "landscape/eigenvector-rise",
      Unit.LOSS,
      Domain.SEED,
      "the same along the eigenvector of the largest eigenvalue of the loss's exact Hessian, scaled to"
          + " landscape/unit-length",
      "Li et al. 2018, section 4; Lyle et al. 2023, eq 2",
      "points forward passes, one gradient, and at most max-order + 1 products of about two gradients"),
  LANDSCAPE_EIGENVALUE(
      "landscape/eigenvalue",
      Unit.LOSS_PER_SQUARED_PARAMETER,
      Domain.SEED,
      "curvature along the eigenvector as found, y'Hy of the unit vector y; as hessian/largest-eigenvalue, but of this"
          + " probe's own order and tolerance",
      "Lyle et al. 2023, eq 2",
      "part of landscape/eigenvector-rise"),
  LANDSCAPE_NON_FINITE_POINTS(
      "landscape/non-finite-points",
      Unit.POINTS,
      Domain.SEED,
      "points of both slices and the grid at which the loss is infinite or NaN; the tables hold what came out",
      "diagnostic",
      "none beyond the slices and the grid"),
  STATISTICS_TD_LOSS(
      "statistics/td-loss",
      Unit.SQUARED_RETURN,
      Domain.SEED,
      "mean TD loss over the probed transitions; bootstraps with the target network where the"
          + " snapshot holds it, else with the online network",
      "Lyle et al. 2023, eq 1",
      "one forward pass"),
  STATISTICS_GRADIENT_NORM(
      "statistics/gradient-norm",
      Unit.LOSS_PER_PARAMETER,
      Domain.SEED,
      "Euclidean norm of the gradient of statistics/td-loss, not clipped",
      "Lyle et al. 2023, section 2",
      "one gradient"),
  STATISTICS_UPDATE_NORM(
      "statistics/update-norm",
      Unit.PARAMETER,
      Domain.SEED,
      "Euclidean norm of the step that the main task's optimiser, in its state at the snapshot,"
          + " takes with the gradient of statistics/td-loss; left out where the snapshot does not"
          + " hold that state",
      "Lyle et al. 2023, section 4 (optimiser instability)",
      "one optimiser step beside statistics/gradient-norm"),
  STATISTICS_FIRST_MOMENT(
      "statistics/first-moment",
      Unit.LOSS_PER_PARAMETER,
      Domain.SEED,
      "Euclidean norm of the first moments of adam or adamw at the snapshot, m / (1 − β₁ᵗ); not reported at t = 0",
      "Lyle et al. 2023, section 4 (optimiser instability); Kingma and Ba 2015, algorithm 1",
      "one pass over the optimiser's state"),
  STATISTICS_SECOND_MOMENT(
      "statistics/second-moment",
      Unit.LOSS_PER_PARAMETER,
      Domain.SEED,
      "square root of the sum of the second moments, v / (1 − β₂ᵗ), without an inner epsilon: in a steady state it"
          + " is near the norm of single batches' gradients",
      "Lyle et al. 2023, section 4 (optimiser instability); Kingma and Ba 2015, algorithm 1",
      "one pass over the optimiser's state"),
  STATISTICS_WEIGHT_NORM(
      "statistics/weight-norm",
      Unit.PARAMETER,
      Domain.SEED,
      "Euclidean norm of all parameters, biases included",
      "Lyle et al. 2023, section 4 and figure 3",
      "one pass over the parameters"),
  STATISTICS_DISTANCE(
      "statistics/distance",
      Unit.PARAMETER,
      Domain.SEED,
      "Euclidean distance of the parameters from those that the run's seed" + " initialises",
      "diagnostic",
      "one initialisation"),
  STATISTICS_WEIGHT_RANK(
      "statistics/weight-rank",
      Unit.DIMENSIONS,
      Domain.SEED,
      "mean over the kernels of the number of singular values over max(rows,"
          + " columns) · 2⁻²³ · the largest; convolutions as matrices [height ·"
          + " width · in, out]",
      "Lyle et al. 2023, section 4 and figure 3; threshold of Golub and Van"
          + " Loan 2013, section 5.4.1",
      "one singular-value decomposition per kernel"),
  STATISTICS_FEATURE_RANK(
      "statistics/feature-rank",
      Unit.DIMENSIONS,
      Domain.SEED,
      "singular values of features / √n over feature-rank-threshold; features"
          + " of n observations behind the last hidden nonlinearity",
      "Lyle et al. 2022, section 3 (feature rank)",
      "one forward pass and one singular-value decomposition"),
  STATISTICS_EFFECTIVE_RANK(
      "statistics/effective-rank",
      Unit.DIMENSIONS,
      Domain.SEED,
      "exp of the entropy of the features' singular values over their sum",
      "Roy and Vetterli 2007, definition 1",
      "part of statistics/feature-rank"),
  STATISTICS_DEAD_UNITS(
      "statistics/dead-units",
      Unit.UNITS,
      Domain.SEED,
      "hidden units, channels for convolutions, that are exactly zero on all"
          + " probed observations",
      "Lyle et al. 2023, section 4 and figure 3",
      "part of statistics/feature-rank"),
  STATISTICS_DEAD_FRACTION(
      "statistics/dead-fraction",
      Unit.FRACTION,
      Domain.SEED,
      "statistics/dead-units / all hidden units",
      "Lyle et al. 2023, figure 1",
      "part of statistics/feature-rank"),
  STATISTICS_DORMANT_UNITS(
      "statistics/dormant-units",
      Unit.UNITS,
      Domain.SEED,
      "hidden units whose mean magnitude is at most dormant-threshold times"
          + " their layer's mean of it",
      "Sokar et al. 2023, definition 3.1, eq 1",
      "part of statistics/feature-rank"),
  STATISTICS_TARGET_SCALE(
      "statistics/target-scale",
      Unit.RETURN,
      Domain.SEED,
      "root mean square of the bootstrap targets of statistics/td-loss",
      "diagnostic",
      "part of statistics/td-loss"),
  STATISTICS_PREDICTION_SCALE(
      "statistics/prediction-scale",
      Unit.RETURN,
      Domain.SEED,
      "root mean square of the outputs over the probed observations and all" + " actions",
      "diagnostic",
      "part of statistics/feature-rank"),

  INTERVENTION_FIRINGS(
      "intervention/firings",
      Unit.FIRINGS,
      Domain.SEED,
      "how often the intervention has fired so far; reported at each firing",
      "Limber's own bookkeeping: an event on the step axis",
      "none"),
  INTERVENTION_UNITS(
      "intervention/units",
      Unit.UNITS,
      Domain.SEED,
      "hidden units of the layer that the firing treated; 0 where it treats whole tensors"),
  INTERVENTION_PARAMETERS(
      "intervention/parameters",
      Unit.NUMBERS,
      Domain.SEED,
      "numbers of the layer that the firing wrote; of the optimiser's state where it treats that"
          + " alone"),

  PROBE_LAG(
      "probe/lag",
      Unit.UPDATES,
      Domain.WALL,
      "learner step when a measurement was ready − step of its snapshot"),
  PROBE_DURATION(
      "probe/duration",
      Unit.SECONDS,
      Domain.WALL,
      "wall-clock time that the last measurement took, without waiting in a queue"),
  PROBE_PROGRESS(
      "probe/progress",
      Unit.FRACTION,
      Domain.WALL,
      "done fraction of the measurement that the probe actor is making"),
  PROBE_COMPLETED(
      "probe/completed", Unit.MEASUREMENTS, Domain.WALL, "measurements completed so far"),
  PROBE_SKIPPED(
      "probe/skipped",
      Unit.MEASUREMENTS,
      Domain.WALL,
      "due measurements so far that a busy probe never began"),
  PROBE_RETRIED(
      "probe/retried", Unit.MEASUREMENTS, Domain.WALL, "measurements tried a second time so far"),
  PROBE_FAILED(
      "probe/failed",
      Unit.MEASUREMENTS,
      Domain.WALL,
      "measurements so far that failed the second time too and were given up"),
  PROBE_QUEUE_DEPTH(
      "probe/queue-depth", Unit.ELEMENTS, Domain.WALL, "snapshots waiting to be measured"),

  CHECKPOINT_DURATION(
      "checkpoint/duration",
      Unit.SECONDS,
      Domain.WALL,
      "wall-clock time of the last checkpoint, from the learner's own save to the marker; training goes on"
          + " meanwhile"),
  CHECKPOINT_STALL(
      "checkpoint/stall",
      Unit.SECONDS,
      Domain.WALL,
      "how long the learner stood still for the last checkpoint"),
  CHECKPOINT_BYTES(
      "checkpoint/bytes",
      Unit.BYTES,
      Domain.WALL,
      "bytes that the last checkpoint wrote; replay rows that an earlier one wrote are not among them"),
  CHECKPOINT_COMPLETED(
      "checkpoint/completed",
      Unit.CHECKPOINTS,
      Domain.WALL,
      "checkpoints completed so far by this process"),
  CHECKPOINT_FAILURES(
      "checkpoint/failures",
      Unit.CHECKPOINTS,
      Domain.WALL,
      "checkpoints so far that could not be completed, for instance on a full disk; training goes on and"
          + " the older ones stay"),
  CHECKPOINT_FAILURES_IN_A_ROW(
      "checkpoint/failures-in-a-row",
      Unit.CHECKPOINTS,
      Domain.WALL,
      "checkpoints that could not be completed since the last one that was; 0 once there is room again"),
  CHECKPOINT_MISSING_ENVIRONMENTS(
      "checkpoint/missing-environments",
      Unit.ENVIRONMENT_ACTORS,
      Domain.WALL,
      "environment actors on nodes that gave no state for the last checkpoint in time: resumed from it they"
          + " begin new episodes"),
  CLUSTER_NODES(
      "cluster/nodes", Unit.NODES, Domain.WALL, "nodes that environments may be placed on now"),
  CLUSTER_PLACED(
      "cluster/placed",
      Unit.ENVIRONMENT_ACTORS,
      Domain.WALL,
      "environment actors placed on nodes now"),
  CLUSTER_LOSSES(
      "cluster/losses",
      Unit.ENVIRONMENT_ACTORS,
      Domain.WALL,
      "environment actors lost with a node or given up there, so far; each is placed again"),
  CLUSTER_TRANSITIONS(
      "cluster/transitions",
      Unit.TRANSITIONS,
      Domain.WALL,
      "transitions of the environment stored so far, over all its placements"),
  CLUSTER_BYTES(
      "cluster/bytes", Unit.BYTES, Domain.WALL, "bytes of the environment's blocks taken so far"),
  CLUSTER_DUPLICATES(
      "cluster/duplicates",
      Unit.CHUNKS,
      Domain.WALL,
      "chunks of the environment that came once more, so far; dropped"),
  CLUSTER_REFUSED(
      "cluster/refused",
      Unit.CHUNKS,
      Domain.WALL,
      "chunks and announcements of the environment that were not taken, so far: of a placement that"
          + " is over, after a gap, beyond the window or malformed"),
  CLUSTER_SNAPSHOTS(
      "cluster/snapshots",
      Unit.SNAPSHOTS,
      Domain.WALL,
      "snapshots that have arrived at the node, so far"),
  CLUSTER_SNAPSHOT_RESTARTS(
      "cluster/snapshot-restarts",
      Unit.SNAPSHOTS,
      Domain.WALL,
      "transfers begun again because nothing was heard of them, so far"),
  CLUSTER_SNAPSHOT_TIME(
      "cluster/snapshot-time",
      Unit.SECONDS,
      Domain.WALL,
      "from the start to the confirmed end of the last transfer to the node"),
  CLUSTER_PROBE_NODES(
      "cluster/probe-nodes", Unit.NODES, Domain.WALL, "nodes that measure for the run now"),
  CLUSTER_PROBES_WAITING(
      "cluster/probes-waiting",
      Unit.MEASUREMENTS,
      Domain.WALL,
      "measurements that are at a node now and wait there for others"),
  CLUSTER_PROBE_LOSSES(
      "cluster/probe-losses",
      Unit.MEASUREMENTS,
      Domain.WALL,
      "measurements lost with a node so far; each is tried once more"),
  CLUSTER_PROBE_TRANSFER_TIME(
      "cluster/probe-transfer-time",
      Unit.SECONDS,
      Domain.WALL,
      "from the start to the confirmed end of the last transfer of an agent and its transitions to a"
          + " probe node"),
  CLUSTER_REPLAY_THERE(
      "cluster/replay-there",
      Unit.FLAG,
      Domain.WALL,
      "1 while a node keeps the run's replay; 0 while learner and environments wait for one"),
  CLUSTER_REPLAY_LOSSES(
      "cluster/replay-losses",
      Unit.NODES,
      Domain.WALL,
      "nodes so far that were lost with the run's replay; it is restored on another"),
  CLUSTER_REPLAY_LOST(
      "cluster/replay-lost",
      Unit.TRANSITIONS,
      Domain.WALL,
      "transitions so far that were stored and confirmed, and were not in the checkpoint from which"
          + " replay was restored"),
  CLUSTER_REPLAY_RESENT(
      "cluster/replay-resent",
      Unit.MESSAGES,
      Domain.WALL,
      "messages to the node with the replay that were sent again so far"),
  CLUSTER_BATCHES_AWAITED(
      "cluster/batches-awaited",
      Unit.BATCHES,
      Domain.WALL,
      "batches asked of the node with the replay that have not come; the learner waits where it is"
          + " all of them"),
  CLUSTER_BATCH_BYTES(
      "cluster/batch-bytes",
      Unit.BYTES,
      Domain.WALL,
      "bytes of batches and of draws for probes that have come from the node with the replay so"
          + " far"),
  CLUSTER_BATCH_TIME(
      "cluster/batch-time",
      Unit.SECONDS,
      Domain.WALL,
      "from the request to the arrival of the last batch, waiting for the limiter included"),

  QUEUE_DEPTH("queue/depth", Unit.ELEMENTS, Domain.WALL, "elements waiting in the queue"),
  QUEUE_DROPPED(
      "queue/dropped", Unit.ELEMENTS, Domain.WALL, "elements dropped so far by a full queue"),
  QUEUE_FAILURES(
      "queue/failures",
      Unit.CALLS,
      Domain.WALL,
      "calls so far that the consumer behind the queue failed, for instance on a full disk"),
  QUEUE_LOST(
      "queue/lost",
      Unit.ELEMENTS,
      Domain.WALL,
      "elements so far that the consumer behind the queue could not keep, because a disk was full for longer"
          + " than its memory lasts"),

  ALERT_FIRING(
      "alert/firing",
      Unit.FLAG,
      Domain.WALL,
      "1 while the rule fires, for any source that it watches, else 0; reported when that changes"),
  ALERT_FIRED("alert/fired", Unit.ALERTS, Domain.WALL, "how often so far the rule began to fire"),

  PROCESS_HEAP_USED("process/heap-used", Unit.BYTES, Domain.WALL, "heap in use, garbage included"),
  PROCESS_RESIDENT_MEMORY(
      "process/resident-memory",
      Unit.BYTES,
      Domain.WALL,
      "physical memory of the process, native memory included; not reported where there is no"
          + " /proc/self/status",
      "VmRSS of proc(5)",
      "one small file read"),
  PROCESS_DISK_FREE(
      "process/disk-free",
      Unit.BYTES,
      Domain.WALL,
      "what the file system of the run folder can still take; not reported where it does not tell"),
  PROCESS_DIRECT_MEMORY(
      "process/direct-memory",
      Unit.BYTES,
      Domain.WALL,
      "direct buffers, the replay store's included, memory-mapped files not"),
  PROCESS_CPU(
      "process/cpu",
      Unit.CORES,
      Domain.WALL,
      "CPU time of all threads in the interval / its wall-clock length"),
  PROCESS_DEAD_LETTERS(
      "process/dead-letters",
      Unit.MESSAGES,
      Domain.WALL,
      "messages so far that reached nobody: to actors that have ended, to nodes that are gone, or larger"
          + " than the transport takes; some come with every node that is lost and with every end, a"
          + " steady growth is a defect");

  private enum Domain {
    /** A pure function of config and seed in lockstep on a CPU. */
    SEED,
    /** Depends on the wall clock or the machine. */
    WALL
  }

  private final String id;
  private final MetricGroup group;
  private final Unit unit;
  private final Domain domain;
  private final String formula;
  private final String source;
  private final String cost;

  Metric(String id, Unit unit, Domain domain, String formula) {
    this(id, unit, domain, formula, "diagnostic", "none");
  }

  Metric(String id, Unit unit, Domain domain, String formula, String source, String cost) {
    this.id = id;
    this.group = MetricGroup.ofMetric(id);
    this.unit = unit;
    this.domain = domain;
    this.formula = formula;
    this.source = source;
    this.cost = cost;
  }

  /** The metric of this {@link #id}; empty if this version has none. */
  public static Optional<Metric> ofId(String id) {
    return Optional.ofNullable(Ids.METRICS.get(id));
  }

  /** Name in files and dashboards: group, slash, name. */
  public String id() {
    return id;
  }

  public MetricGroup group() {
    return group;
  }

  public Unit unit() {
    return unit;
  }

  /**
   * Whether it is a pure function of config and seed in lockstep on a CPU; false for all that
   * depends on the wall clock or the machine.
   */
  public boolean reproducible() {
    return domain == Domain.SEED;
  }

  public String formula() {
    return formula;
  }

  /** Whether it only grows while a run lasts; such a formula says {@code so far}, no other does. */
  public boolean cumulative() {
    return formula.contains("so far");
  }

  /** Where the definition comes from; {@code diagnostic} for Limber's own bookkeeping. */
  public String source() {
    return source;
  }

  /** What measuring it costs. */
  public String cost() {
    return cost;
  }

  /** A class of its own, since a constructor of the enum cannot fill a static map. */
  private static final class Ids {
    static final Map<String, Metric> METRICS =
        Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Metric::id, m -> m));
  }
}
