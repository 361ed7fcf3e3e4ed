/**
 * What other nodes cost: environments, replay or probes in another process, a node that is killed,
 * and snapshots on their way to many.
 */
package io.limber.benchmarks.cluster;
