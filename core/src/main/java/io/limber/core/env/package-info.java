/**
 * Environments in the shape of Gymnasium: seeded reset, step, spaces. {@link
 * io.limber.core.env.Environment} is the interface to implement and {@link
 * io.limber.core.env.EnvironmentChecker} its check; {@link io.limber.core.env.BlockMdp} is the
 * paper's task, {@code SupervisedTask} that of its memorisation study, and {@link
 * io.limber.core.env.VectorEnvironment} steps many at once. One owner, one thread at a time.
 */
package io.limber.core.env;
