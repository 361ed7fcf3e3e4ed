/**
 * Interventions that keep an agent plastic: when they fire ({@link
 * io.limber.core.intervention.Trigger}) and what a firing did ({@link
 * io.limber.core.intervention.Firing}). What they do to a network lives in {@code numerics}.
 */
package io.limber.core.intervention;
