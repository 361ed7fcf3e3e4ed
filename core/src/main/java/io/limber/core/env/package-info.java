/**
 * Environments in the shape of Gymnasium: seeded reset, step, spaces. {@link
 * io.limber.core.env.Environment} is the interface to implement; one owner, one thread at a time.
 */
package io.limber.core.env;
