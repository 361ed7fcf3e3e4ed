/**
 * Parts of a run on other nodes. {@link io.limber.actors.remote.RemoteEnvironments} takes the place
 * of the environment actors where the run is, {@link io.limber.actors.remote.NodeActor} hosts them
 * where they act; a pair of small actors bridges each arrow between, so that environment, replay
 * and board actors know nothing of it.
 */
package io.limber.actors.remote;
