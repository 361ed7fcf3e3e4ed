/**
 * Probes beside training: {@link io.limber.actors.probe.ProbeCoordinator} takes numbered snapshots
 * from the learner and shares them out among {@link io.limber.actors.probe.ProbeActor}s. Measuring
 * runs on the native dispatcher.
 */
package io.limber.actors.probe;
