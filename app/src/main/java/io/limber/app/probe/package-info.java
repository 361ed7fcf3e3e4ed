/**
 * Measures saved snapshots. {@link io.limber.app.probe.OfflineProbe} is the entry point; what it
 * measures with is what a run measures with.
 */
package io.limber.app.probe;
