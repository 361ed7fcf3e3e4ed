/**
 * What is computed: networks, objectives, optimisers and measurements as TensorFlow programs, run
 * by DJL. {@link io.limber.numerics.agent.TensorFlowAgentFactory} is the entry point. No tensor,
 * session or native handle leaves this module.
 */
package io.limber.numerics;
