/**
 * Cells on the nodes of a cluster: a {@link io.limber.app.batch.remote.BatchCoordinator} hands them
 * out to whoever has room, and each {@link io.limber.app.batch.remote.AgentNode} runs those it was
 * given, on threads of its own. Files lie in a folder that all nodes share.
 */
package io.limber.app.batch.remote;
