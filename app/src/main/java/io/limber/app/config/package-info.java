/**
 * From files and flags to one checked configuration: {@link
 * io.limber.app.config.EffectiveConfig#resolve}. All refusals are collected, so that a user mends
 * them in one go, and come before anything starts. Immutable; any thread.
 */
package io.limber.app.config;
