/**
 * Runs side by side: {@link io.limber.app.compare.Comparison}, what each reached, how fast, and in
 * what their configurations differ. Reads files only; one thread.
 */
package io.limber.app.compare;
