/**
 * Reading of settings. {@link io.limber.core.config.Section} is the one way to read a key; whatever
 * cannot work is refused with an {@link io.limber.core.config.InvalidSettingException}. Immutable,
 * any thread.
 */
package io.limber.core.config;
