/**
 * Entry point of the program: {@link io.limber.app.Main}. Everything it can do is a command in
 * {@code io.limber.app.cli}.
 */
package io.limber.app;
