/** Starts the program in processes of its own, for what only a process can show. */
package io.limber.app.process;
