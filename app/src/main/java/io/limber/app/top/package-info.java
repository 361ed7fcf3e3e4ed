/**
 * A run in a terminal, while it goes on: {@link io.limber.app.top.Top} follows its files, so that
 * it works from any shell on the machine and costs the run nothing. One thread at a time.
 */
package io.limber.app.top;
