package io.limber.actors.remote;

import io.limber.actors.environment.EnvironmentMeans;
import io.limber.actors.resource.Resources;
import io.limber.protos.wire.ToNode;

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
     * @param place which one; its random streams are those of this placement alone
     */
    EnvironmentMeans means(ToNode.Place place, Resources resources);
  }
}
