/**
 * The actors that act: {@link io.limber.actors.environment.EnvironmentActor}. Policy and
 * environments compute on the native dispatcher and belong to one actor.
 */
package io.limber.actors.environment;
