/**
 * This process as a member of a cluster: {@link io.limber.app.cluster.ClusterHost} for a run that
 * trains with nodes, {@link io.limber.app.cluster.NodeRun} for a node.
 */
package io.limber.app.cluster;
