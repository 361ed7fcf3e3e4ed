package io.limber.actors.remote;

import io.limber.core.probe.Probe;
import java.util.List;
import java.util.function.Function;

/**
 * The probes of a run as one node sees them.
 *
 * @param factory makes a probe by name, on the native dispatcher
 * @param names of those that the run has scheduled
 */
public record HostedProbes(Function<String, Probe> factory, List<String> names) {

  public HostedProbes {
    names = List.copyOf(names);
  }
}
