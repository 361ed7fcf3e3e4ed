/** Digests of files and bytes, for all that is checked or named by its content. Any thread. */
package io.limber.core.hash;
