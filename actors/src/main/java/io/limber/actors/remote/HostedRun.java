package io.limber.actors.remote;

import io.limber.actors.environment.EnvironmentMeans;
import io.limber.actors.resource.Resources;
import io.limber.core.state.SavedState;
import java.util.Optional;

/**
 * A run as one node sees it.
 *
 * @param environments what an environment actor works with
 * @param probes what measures it
 * @param closing frees what all of them share, when the last of them is closed
 */
public record HostedRun(
    HostedSettings settings, Source environments, HostedProbes probes, Runnable closing) {

  /** Makes what an environment actor works with. */
  @FunctionalInterface
  public interface Source {

    /**
     * @param environment name of the actor
     * @param saved what it goes on from; empty at the begin of a run
     */
    EnvironmentMeans means(String environment, Optional<SavedState> saved, Resources resources);
  }
}
