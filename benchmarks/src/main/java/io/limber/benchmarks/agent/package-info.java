/**
 * Benchmarks of the agent: the bare update, the whole running agent against it, acting alone, and
 * memory over a long run. Each prints one JSON object and asserts nothing.
 */
package io.limber.benchmarks.agent;
