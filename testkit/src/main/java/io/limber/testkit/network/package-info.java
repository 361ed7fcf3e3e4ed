/**
 * Bad networks on one machine: {@link io.limber.testkit.network.LoopbackProxy} between two ports of
 * this host, {@link io.limber.testkit.network.NetworkNamespace} where the machine allows it. Any
 * thread may change a network while others use it.
 */
package io.limber.testkit.network;
