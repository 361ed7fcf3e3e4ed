/**
 * Experience: columnar transitions and the {@link io.limber.core.replay.ReplayTable} that keeps
 * them, made of a bounded off-heap store, a selector, a remover and the samples-per-insert limiter.
 * A table has one owner and is not thread-safe.
 */
package io.limber.core.replay;
