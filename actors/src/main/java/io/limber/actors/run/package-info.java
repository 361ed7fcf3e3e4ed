/**
 * One run from start to summary. {@link io.limber.actors.run.RunGuardian} is the guardian of an
 * actor system; {@link io.limber.actors.run.RunSettings} reads every setting of the actors.
 */
package io.limber.actors.run;
