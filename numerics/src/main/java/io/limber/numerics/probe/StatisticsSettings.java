package io.limber.numerics.probe;

import io.limber.core.config.Section;

/**
 * {@code limber.statistics}.
 *
 * @param transitions that are probed
 * @param featureRankThreshold singular values of features / √n that count, in the features' unit
 * @param dormantThreshold tau: share of its layer's mean activity up to which a unit is dormant
 */
public record StatisticsSettings(
    int transitions, double featureRankThreshold, double dormantThreshold) {

  /** Reads and checks the section. */
  public static StatisticsSettings from(Section limber) {
    Section section = limber.section("statistics");
    int transitions = section.integer("transitions");
    section.require(transitions >= 1, "transitions", transitions, "be at least 1");
    double threshold = section.real("feature-rank-threshold");
    section.require(
        threshold > 0, "feature-rank-threshold", threshold, "be positive, or rounding counts");
    double tau = section.real("dormant-threshold");
    section.require(tau >= 0, "dormant-threshold", tau, "not be negative; 0 finds dead units");
    return new StatisticsSettings(transitions, threshold, tau);
  }
}
