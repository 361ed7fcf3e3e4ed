/**
 * What a part of a run keeps in a checkpoint: {@link io.limber.core.state.SavedState}, a small tree
 * of named values, without class names, that any version can read. Immutable, so any thread may.
 */
package io.limber.core.state;
