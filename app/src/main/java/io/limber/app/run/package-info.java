/**
 * One training run from its checked settings to its summary: {@link io.limber.app.run.TrainingRun},
 * with its folder, its log and its end by signal.
 */
package io.limber.app.run;
