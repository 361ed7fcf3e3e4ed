/**
 * What a person sees while something runs: {@link io.limber.app.console.ProgressView}, drawn as a
 * bar on a terminal and as plain lines elsewhere. Views are thread-safe, because measurements and
 * the end of a run come from different threads.
 */
package io.limber.app.console;
