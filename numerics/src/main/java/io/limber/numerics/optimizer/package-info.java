/**
 * Optimiser steps inside a program, on TensorFlow's fused kernels where they are exact. {@link
 * io.limber.numerics.optimizer.Optimizers} makes the configured one.
 */
package io.limber.numerics.optimizer;
