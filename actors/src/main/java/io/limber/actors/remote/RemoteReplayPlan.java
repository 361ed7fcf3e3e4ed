package io.limber.actors.remote;

import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.replay.ReplayActorSettings;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.TransitionSpec;
import java.util.Optional;

/**
 * What a run's table elsewhere is.
 *
 * @param spec of a transition
 * @param checkpoints where checkpoints are; empty if the run makes none
 * @param resume what the run goes on from
 */
public record RemoteReplayPlan(
    RemoteRun run,
    TransitionSpec spec,
    ReplaySettings replay,
    ReplayActorSettings settings,
    Optional<CheckpointFolder> checkpoints,
    Optional<ResumePoint> resume) {}
