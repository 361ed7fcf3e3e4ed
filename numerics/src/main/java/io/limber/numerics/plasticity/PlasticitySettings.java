package io.limber.numerics.plasticity;

import io.limber.core.config.Section;

/**
 * {@code limber.plasticity}.
 *
 * @param targets independent random target functions, at least 2 for a spread
 * @param steps optimiser steps per target
 * @param transitions replayed observations that are fitted
 * @param batchSize observations per optimiser step
 * @param frequency factor inside the sine
 * @param optimizerState from which the fits start
 */
public record PlasticitySettings(
    int targets,
    int steps,
    int transitions,
    int batchSize,
    double frequency,
    OptimizerState optimizerState) {

  /** Where the optimiser of a fit starts. */
  public enum OptimizerState {
    /** As before its first step. */
    FRESH,
    /** As the main task's optimiser is at the snapshot. */
    CARRIED
  }

  /** Reads and checks the section. */
  public static PlasticitySettings from(Section limber) {
    Section section = limber.section("plasticity");
    int targets = section.integer("targets");
    section.require(
        targets >= 2, "targets", targets, "be at least 2, or there is no spread to report");
    int steps = section.integer("steps");
    section.require(
        steps >= STEPS_PER_CALL && steps % STEPS_PER_CALL == 0,
        "steps",
        steps,
        "be a positive multiple of " + STEPS_PER_CALL + ", the steps of one call into TensorFlow");
    int transitions = section.integer("transitions");
    int batchSize = section.integer("batch-size");
    section.require(batchSize >= 1, "batch-size", batchSize, "be at least 1");
    section.require(
        transitions >= batchSize,
        "transitions",
        transitions,
        "be at least plasticity.batch-size = " + batchSize);
    double frequency = section.real("frequency");
    section.require(frequency > 0, "frequency", frequency, "be positive, or all targets are equal");
    return new PlasticitySettings(
        targets,
        steps,
        transitions,
        batchSize,
        frequency,
        section.constant("optimizer-state", OptimizerState.class));
  }

  /** Of a program that fits this in {@code lanes} side by side. */
  FitShape shape(int lanes) {
    return new FitShape(lanes, transitions, STEPS_PER_CALL, batchSize);
  }

  /** Optimiser steps in one call into TensorFlow. */
  static final int STEPS_PER_CALL = 10;
}
