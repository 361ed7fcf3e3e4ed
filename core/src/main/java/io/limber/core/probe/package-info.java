/**
 * Probes: measurements of a frozen copy of the parameters. {@link io.limber.core.probe.Probe} is
 * the interface; implementations that compute live in {@code numerics}.
 */
package io.limber.core.probe;
