/** Seeded randomness: one root seed, named substreams. */
package io.limber.core.random;
