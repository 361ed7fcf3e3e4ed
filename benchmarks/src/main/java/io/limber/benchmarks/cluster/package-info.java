/** What other nodes cost: environments in another process, and snapshots on their way to many. */
package io.limber.benchmarks.cluster;
