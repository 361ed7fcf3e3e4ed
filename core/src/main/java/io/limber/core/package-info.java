/**
 * The vocabulary and the rules of Limber: environments, replay, agents, probes, metrics and seeded
 * randomness. Depends on the JDK and the HOCON reader only; nothing here knows of actors, streams,
 * Protobuf or TensorFlow.
 */
package io.limber.core;
