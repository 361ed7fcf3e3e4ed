/**
 * Many agents from one file: {@link io.limber.app.sweep.SweepFile} reads a base configuration and
 * axes, and makes an agent for every combination. Read-only after reading, so any thread may use
 * it.
 */
package io.limber.app.sweep;
