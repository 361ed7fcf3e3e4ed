/**
 * Probes of a run on other nodes. {@link io.limber.actors.remote.probe.ProbeNodes} offers their
 * seats to the run's coordinator as workers, {@link io.limber.actors.remote.probe.ProbeNode}
 * measures where it is.
 */
package io.limber.actors.remote.probe;
