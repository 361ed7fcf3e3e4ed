/**
 * Builds TensorFlow graphs, exports them as SavedModels and runs their named functions through DJL.
 * {@link io.limber.numerics.runtime.ProgramBuilder} writes a program, {@link
 * io.limber.numerics.runtime.Program} runs one; a program has one owner thread at a time.
 */
package io.limber.numerics.runtime;
