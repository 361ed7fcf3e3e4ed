/**
 * Experience: columnar transitions, the bounded store, selectors and the samples-per-insert
 * limiter. A table has one owner and is not thread-safe.
 */
package io.limber.core.replay;
