/**
 * Measurements of speed: one program per subject, each printing one JSON object. They assert
 * nothing. {@code benchmarks/run} builds and starts them; this package holds what they share.
 */
package io.limber.benchmarks;
