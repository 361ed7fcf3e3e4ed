package io.limber.actors.environment;

import io.limber.core.config.Section;
import java.time.Duration;

/**
 * The section {@code limber.environments}.
 *
 * @param actors environment actors; 1 in lockstep
 * @param perActor environments stepped together, and so transitions in a chunk
 * @param inFlightChunks chunks sent and not yet confirmed; 1 in lockstep
 * @param minBackoff wait before the first restart of a failed actor; doubles with each
 * @param maxBackoff longest such wait
 * @param maxRestarts restarts after which an actor is given up
 */
public record EnvironmentActorSettings(
    int actors,
    int perActor,
    int inFlightChunks,
    Duration minBackoff,
    Duration maxBackoff,
    int maxRestarts) {

  /**
   * Reads {@code limber.environments}.
   *
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static EnvironmentActorSettings from(Section limber, boolean lockstep) {
    Section environments = limber.section("environments");
    int actors = environments.integer("actors");
    environments.require(actors >= 1, "actors", actors, "be at least 1, or nothing would act");
    environments.require(
        !lockstep || actors == 1,
        "actors",
        actors,
        "be 1 in lockstep, or the order of transitions would be a matter of chance; or set"
            + " limber.run.mode = async");
    int perActor = environments.integer("per-actor");
    environments.require(
        perActor >= 1, "per-actor", perActor, "be at least 1, or a chunk would be empty");
    int inFlight = environments.integer("in-flight-chunks");
    environments.require(
        inFlight >= 1, "in-flight-chunks", inFlight, "be at least 1, or nothing could be sent");
    return restarts(environments, actors, perActor, lockstep ? 1 : inFlight);
  }

  private static EnvironmentActorSettings restarts(
      Section environments, int actors, int perActor, int inFlight) {
    Section restart = environments.section("restart");
    Duration min = restart.positiveDuration("min-backoff");
    Duration max = restart.duration("max-backoff");
    restart.require(
        max.compareTo(min) >= 0, "max-backoff", max, "be at least min-backoff = " + min);
    int restarts = restart.integer("max-restarts");
    restart.require(restarts >= 0, "max-restarts", restarts, "not be negative; 0 gives up at once");
    return new EnvironmentActorSettings(actors, perActor, inFlight, min, max, restarts);
  }
}
